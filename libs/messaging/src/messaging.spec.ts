import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { newId, Problem, Records } from '@sillage/kernel';
import { MemoryStreams, note } from '@sillage/kernel/testing';
import { InProcessClient, InProcessServer } from './in-process/index.js';
import { type Message, MessageDirectory, Messages, type OperationResult, replying } from './index.js';
import { runBatch } from './record-batch.js';
import { describeMessages, type Handlers, messageContext } from './testing/index.js';

function connected(handlers: Handlers): Messages {
  const server = new InProcessServer();
  for (const [pattern, handle] of Object.entries(handlers)) {
    server.addHandler(pattern, async (message: Message<never>) => replying(() => handle(message)));
  }
  return new Messages(new InProcessClient(server));
}

describeMessages('in one process', async (handlers) => ({ messages: connected(handlers), close: async () => {} }));

describe('the directory', () => {
  it('asks once for all ids of a tick, and never again for one that exists', async () => {
    const asked: unknown[] = [];
    const messages = connected({
      'accounts.missing': async ({ payload }) => {
        const { ids } = payload as { ids: string[] };
        asked.push(ids);
        return ids.filter((id) => id === 'x');
      },
    });
    const directory = new MessageDirectory(messages, Date.now);
    const both = await Promise.all([
      directory.missing('acme', 'accounts', ['a', 'x']),
      directory.missing('acme', 'accounts', ['b', 'a']),
    ]);
    expect(both).toEqual([['x'], []]);
    expect(asked).toEqual([['a', 'x', 'b']]);
    expect(await directory.missing('acme', 'accounts', ['a', 'b', 'x'])).toEqual(['x']);
    expect(asked).toEqual([['a', 'x', 'b'], ['x']]);
    await directory.missing('other', 'accounts', ['a']);
    expect(asked).toHaveLength(3);
  });

  it('remembers a pipeline until a stage is asked for that it does not know', async () => {
    let stages = [{ key: 'new' }];
    let questions = 0;
    const messages = connected({
      'pipelines.get': async ({ payload }) => {
        questions += 1;
        if ((payload as { id: string }).id !== 'p') throw new Problem('record-not-found');
        return { record: { appliesTo: 'prospects', stages } };
      },
    });
    const directory = new MessageDirectory(messages, Date.now);
    await directory.pipeline('acme', 'p', 'new');
    await directory.pipeline('acme', 'p', undefined);
    expect(questions).toBe(1);
    stages = [{ key: 'new' }, { key: 'later' }];
    expect((await directory.pipeline('acme', 'p', 'later'))?.stages).toEqual(stages);
    expect(questions).toBe(2);
    expect(await directory.pipeline('acme', 'q', undefined)).toBeUndefined();
  });

  it('does not ask again what it is asking', async () => {
    const asked: string[] = [];
    const answered = Promise.withResolvers<void>();
    const messages = connected({
      'accounts.missing': async ({ payload }) => {
        const { ids } = payload as { ids: string[] };
        asked.push(...ids);
        await answered.promise;
        return [];
      },
      'pipelines.get': async ({ payload }) => {
        asked.push((payload as { id: string }).id);
        await answered.promise;
        return { record: { appliesTo: 'prospects', stages: [{ key: 'new' }] } };
      },
    });
    const directory = new MessageDirectory(messages, Date.now);
    const looking: Promise<unknown>[] = [];
    for (let tick = 0; tick < 5; tick += 1) {
      looking.push(directory.missing('acme', 'accounts', ['a']), directory.pipeline('acme', 'p', 'new'));
      await nextTurn();
    }

    answered.resolve();

    await Promise.all(looking);
    expect(asked.toSorted()).toEqual(['a', 'p']);
  });

  it('does not believe an answer that may have turned since, nor a question that failed', async () => {
    const answers: (readonly string[] | Problem)[] = [['a'], new Problem('service-unavailable'), []];
    const gates = answers.map(() => Promise.withResolvers<void>());
    let questions = 0;
    const messages = connected({
      'accounts.missing': async () => {
        const [answer, gate] = [answers[questions], gates[questions]];
        questions += 1;
        await gate?.promise;
        if (answer instanceof Problem) throw answer;
        return answer ?? [];
      },
    });
    const directory = new MessageDirectory(messages, Date.now);
    const before = directory.missing('acme', 'accounts', ['a']);
    await nextTurn();
    // The answer may be on its way while the account begins to be.
    const meanwhile = directory.missing('acme', 'accounts', ['a']);
    gates[0]?.resolve();
    expect(await before).toEqual(['a']);
    await nextTurn();
    const failing = meanwhile.catch((error: Problem) => error.code);
    const after = directory.missing('acme', 'accounts', ['a']);
    gates[1]?.resolve();
    gates[2]?.resolve();

    expect(await failing).toBe('service-unavailable');
    expect(await after).toEqual([]);
    expect(questions).toBe(3);
  });
});

describe('a batch', () => {
  it('does operations on one record in order, and lets each stand alone', async () => {
    const streams = new MemoryStreams();
    const directory = { missing: async () => [], pipeline: async () => undefined };
    const records = new Records(note, { streams, directory, now: Date.now });
    const id = newId();
    const results: readonly OperationResult[] = await runBatch(records, messageContext(), [
      { op: 'create', command: { id, commandId: newId(), fields: { title: 'One' } } },
      { op: 'change', command: { id, commandId: newId(), patch: { title: 'Two' }, expected: 0 } },
      { op: 'change', command: { id, commandId: newId(), patch: { title: 'Three' }, expected: 0 } },
      { op: 'delete', command: { id, commandId: newId(), expected: 1 } },
      { op: 'restore', command: { id: newId(), commandId: newId() } },
    ]);
    expect(results.map((result) => ('written' in result ? result.written.revision : result.problem.code))).toEqual([
      0,
      1,
      'stale-revision',
      2,
      'record-not-found',
    ]);
  });
});
