import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Problem } from '@sillage/kernel';
import { type Callable, serveCalls, ThreadCaller } from './thread-calls.js';

let channel: MessageChannel;
let caller: ThreadCaller;

beforeEach(() => {
  channel = new MessageChannel();
  const target: Callable = {
    double: async (value: number) => 2 * value,
    slow: () => new Promise((resolve) => setTimeout(resolve, 5, 'slow')),
    quick: async () => 'quick',
    refuse: async () => Promise.reject(new Problem('views-behind', { params: { position: 5 } })),
    fail: async () => Promise.reject(new Error('broken')),
  };
  serveCalls(channel.port2, target);
  caller = new ThreadCaller(channel.port1);
});
afterEach(() => channel.port1.close());

describe('a call to another thread', () => {
  it('brings the result back, in whatever order results come', async () => {
    expect(await caller.call('double', 21)).toBe(42);
    expect(await Promise.all([caller.call('slow'), caller.call('quick')])).toEqual(['slow', 'quick']);
  });

  it('brings a refusal back as the problem that it was', async () => {
    const refusal = caller.call('refuse');
    await expect(refusal).rejects.toBeInstanceOf(Problem);
    await expect(refusal).rejects.toMatchObject({ code: 'views-behind', params: { position: 5 } });
  });

  it('fails with what went wrong there', async () => {
    await expect(caller.call('fail')).rejects.toThrow('broken');
    await expect(caller.call('nothing')).rejects.toThrow('no such method');
  });

  it('fails when the thread is lost, and every later one too', async () => {
    const slow = caller.call('slow');
    caller.fail(new Error('the thread has ended'));
    await expect(slow).rejects.toThrow('ended');
    await expect(caller.call('quick')).rejects.toThrow('ended');
  });
});
