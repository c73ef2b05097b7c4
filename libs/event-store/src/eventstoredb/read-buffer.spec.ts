import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { ReadBuffer } from './read-buffer.js';
import type { ReadResponse } from './read-response.js';

/** Gives responses when it is told, as a call does. */
class Call extends Readable {
  constructor() {
    super({ objectMode: true, read() {} });
  }

  cancel(): void {
    this.destroy();
  }
}

function anEventOf(bytes: number): ReadResponse {
  const [data, metadata] = [new Uint8Array(bytes), new Uint8Array()];
  return { kind: 'event', event: { id: '', type: '', stream: '', revision: 0, position: 1, data, metadata } };
}

describe('what a read has brought', () => {
  it('has not ended when the call has failed, even before its last events were taken', async () => {
    const call = new Call();
    const buffer = new ReadBuffer(call);
    call.push(anEventOf(1));
    await nextTurn();
    call.destroy(new Error('lost'));
    await nextTurn();

    await buffer.heard();
    expect(buffer.take(10)).toHaveLength(1);
    expect(buffer.hasEnded).toBe(false);
    await expect(buffer.heard()).rejects.toThrow('lost');
  });

  it('has caught up only when all that came before was taken', async () => {
    const call = new Call();
    const buffer = new ReadBuffer(call);
    call.push(anEventOf(1));
    call.push({ kind: 'caught-up' } satisfies ReadResponse);
    await nextTurn();

    expect(buffer.isCaughtUp).toBe(false);
    buffer.take(1);
    expect(buffer.isCaughtUp).toBe(true);
  });

  it.each([
    { bound: 'in number', bytes: 1, most: 1_000 },
    { bound: 'in bytes', bytes: 1024 * 1024, most: 8 },
  ])('is bounded $bound, and goes on when something was taken', async ({ bytes, most }) => {
    const call = new Call();
    const buffer = new ReadBuffer(call);
    const event = anEventOf(bytes);
    for (let count = 0; count < 2 * most; count += 1) call.push(event);
    await nextTurn();
    expect(call.isPaused()).toBe(true);

    let taken = 0;
    while (taken < 2 * most) {
      await buffer.heard();
      const batch = buffer.take(Number.POSITIVE_INFINITY);
      expect(batch.length * bytes).toBeLessThanOrEqual(4 * 1024 * 1024);
      taken += batch.length;
    }
    expect(taken).toBe(2 * most);
  });
});
