import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Problem } from '@sillage/kernel';
import type { Message } from '../message.js';
import type { Messages } from '../messages.js';

/** Handlers by pattern, as services have them. */
export interface Handlers {
  readonly [pattern: string]: (message: Message<never>) => Promise<unknown>;
}

/** A service with some handlers, and messages that reach it. */
export interface Connected {
  readonly messages: Messages;
  close(): Promise<void>;
}

export const messageContext = (milliseconds = 5_000) => ({
  tenant: 'acme',
  actor: 'ann',
  correlationId: 'r1',
  deadline: Date.now() + milliseconds,
});

/** One and the same text of 1 MiB or so in several scripts, among them characters of one to four bytes. */
const SCRIPTS = {
  Latin: 'naïveté, œuvre, ß, Łódź ',
  Greek: 'Πάντα ῥεῖ ',
  Arabic: 'السلام عليكم ',
  Chinese: '会議は踊る、然れど進まず ',
  emoji: '👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ',
  controls: '"\\\n\u0000\u2028# 12#{} ',
} as const;

/** What carries messages must keep this. Patterns begin with `accounts.`, so that they have a service. */
export function describeMessages(transport: string, connect: (handlers: Handlers) => Promise<Connected>): void {
  describe(`a message ${transport}`, () => {
    let connected: Connected | undefined;

    // The log of a defect that a spec provokes would look like a failure of the spec.
    beforeEach(() => Logger.overrideLogger(false));
    afterEach(async () => {
      await connected?.close();
      connected = undefined;
      Logger.overrideLogger(['error']);
    });

    async function serve(handlers: Handlers): Promise<Messages> {
      connected = await connect(handlers);
      return connected.messages;
    }

    it('is answered by its handler, which knows who asks', async () => {
      const messages = await serve({
        'accounts.double': async ({ payload, context }) => ({ twice: (payload as number) * 2, by: context.actor }),
      });
      expect(await messages.ask('accounts.double', { context: messageContext(), payload: 21 })).toEqual({
        twice: 42,
        by: 'ann',
      });
    });

    it('brings a refusal back as the problem that it was', async () => {
      const problem = new Problem('stale-revision', {
        faults: [{ path: 'a', code: 'required' }],
        params: { expected: 1 },
        extensions: { currentRevision: 2 },
      });
      const messages = await serve({ 'accounts.refuse': async () => Promise.reject(problem) });
      await expect(messages.ask('accounts.refuse', { context: messageContext(), payload: null })).rejects.toMatchObject(
        { code: 'stale-revision', faults: problem.faults, params: problem.params, extensions: problem.extensions },
      );
    });

    it('tells a caller nothing of a defect but that there was one', async () => {
      const messages = await serve({
        'accounts.fail': async () => Promise.reject(new Error('SQLITE_CORRUPT: secret')),
      });
      const failure = messages.ask('accounts.fail', { context: messageContext(), payload: null });
      await expect(failure).rejects.toMatchObject({ code: 'internal-error', message: 'internal-error' });
    });

    it('that nobody takes fails, naming it', async () => {
      const messages = await serve({});
      for (const pattern of ['accounts.nothing', 'nothing']) {
        await expect(messages.ask(pattern, { context: messageContext(), payload: null })).rejects.toThrow(pattern);
      }
    });

    it('that nobody answers in time fails when its time is up', async () => {
      const messages = await serve({ 'accounts.sleep': () => new Promise(() => undefined) });
      await expect(
        messages.ask('accounts.sleep', { context: messageContext(50), payload: null }),
      ).rejects.toMatchObject({ code: 'deadline-exceeded' });
    });

    it('is not carried out when its time is up already', async () => {
      let calls = 0;
      const messages = await serve({
        'accounts.count': async () => {
          calls += 1;
        },
      });
      await expect(
        messages.ask('accounts.count', { context: messageContext(-1), payload: null }),
      ).rejects.toMatchObject({
        code: 'deadline-exceeded',
      });
      expect(calls).toBe(0);
    });

    it('leaves its handler the time that is left', async () => {
      const messages = await serve({ 'accounts.time': async ({ context }) => context.deadline - Date.now() });
      const left = await messages.ask<number>('accounts.time', { context: messageContext(3_000), payload: null });
      expect(left).toBeGreaterThan(2_000);
      expect(left).toBeLessThanOrEqual(3_000);
    });

    it('finds its own answer among many', async () => {
      const messages = await serve({
        'accounts.echo': async ({ payload }) => {
          // Later ones are often answered before earlier ones.
          for (let turns = (payload as number) % 7; turns > 0; turns -= 1) await Promise.resolve();
          return payload;
        },
      });
      const questions = Array.from({ length: 300 }, (_, index) => index);
      const answers = questions.map((payload) => messages.ask('accounts.echo', { context: messageContext(), payload }));
      expect(await Promise.all(answers)).toEqual(questions);
    });

    it.each(Object.entries(SCRIPTS))('carries 1 MiB each way, in any script: %s', async (_, text) => {
      const body = text.repeat(Math.ceil((1024 * 1024) / Buffer.byteLength(text)));
      const messages = await serve({ 'accounts.echo': async ({ payload }) => payload });
      const all = Array.from({ length: 4 }, () =>
        messages.ask<string>('accounts.echo', { context: messageContext(), payload: body }),
      );
      for (const answer of await Promise.all(all)) expect(answer === body).toBe(true);
    });
  });
}
