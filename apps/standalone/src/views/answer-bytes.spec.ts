import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import type { Answer } from '@sillage/reporting';
import { withBytes } from './answer-bytes.js';
import { type Callable, serveCalls, ThreadCaller } from './thread-calls.js';

async function answered(body: string): Promise<Answer> {
  const { port1, port2 } = new MessageChannel();
  const target: Callable = { list: async () => withBytes({ body, position: 7 }) };
  serveCalls(port2, target);
  try {
    return await new ThreadCaller(port1).call<Answer>('list');
  } finally {
    port1.close();
  }
}

describe('an answer from another thread', () => {
  it('brings a long body as the bytes that the caller is sent', async () => {
    const body = JSON.stringify({ items: ['Žluťoučký 深圳 👩‍👩‍👧', 'x'.repeat(5_000)] });
    const { body: bytes, position } = await answered(body);
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect(Buffer.from(bytes as Uint8Array).toString()).toBe(body);
    expect(position).toBe(7);
  });

  it('brings a short body as text', async () => {
    expect(await answered('{"items":[]}')).toEqual({ body: '{"items":[]}', position: 7 });
  });
});
