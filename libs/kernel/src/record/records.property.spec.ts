import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { derivedId } from '../ids.js';
import { Problem } from '../problem.js';
import { type AppendFailure, MemoryStreams } from '../testing/memory-streams.js';
import { note } from '../testing/note.js';
import type { CommandContext, Written } from './commands.js';
import { Records } from './records.js';

const context: CommandContext = {
  tenant: 'acme',
  actor: 'ann',
  correlationId: 'r1',
  deadline: Number.MAX_SAFE_INTEGER,
};

/** A command on one of few records under one of few keys, so that repeats, conflicts and reuse do happen. */
const commands = fc.array(
  fc.record({
    do: fc.constantFrom('create', 'change', 'delete', 'restore'),
    record: fc.integer({ min: 0, max: 2 }),
    key: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    title: fc.constantFrom('One', 'Two', 'Three'),
    expected: fc.constantFrom<(number | 'any')[]>(0, 1, 2, 'any'),
    externalId: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 25 },
);
type Command = typeof commands extends fc.Arbitrary<(infer C)[]> ? C : never;

const failures = fc.array(fc.constantFrom<(AppendFailure | undefined)[]>('lost-answer', 'lost-request', undefined), {
  maxLength: 10,
});

async function run(records: Records, command: Command, index: number): Promise<Written | undefined> {
  const id = derivedId('record', command.record);
  const scope = [command.do, command.record, command.key ?? `random ${index}`];
  const identity = {
    id,
    commandId: derivedId(...scope),
    ...(command.key === undefined && command.do !== 'create' ? {} : { fingerprint: command.title }),
  };
  const fields = { title: command.title, ...(command.externalId ? { externalId: command.externalId } : {}) };
  try {
    switch (command.do) {
      case 'create':
        return await records.create(context, { ...identity, fields });
      case 'change':
        return await records.change(context, { ...identity, patch: fields, expected: command.expected });
      case 'delete':
        return await records.delete(context, { ...identity, expected: command.expected });
      default:
        return await records.restore(context, identity);
    }
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

describe('any sequence of commands, with repeats, conflicts, lost answers and restarts', () => {
  it('keeps what was acknowledged, once, in contiguous revisions', async () => {
    await fc.assert(
      fc.asyncProperty(commands, failures, fc.integer({ min: 1, max: 4 }), async (given, faults, width) => {
        const streams = new MemoryStreams();
        streams.failures.push(...(faults as AppendFailure[]));
        const directory = { missing: async () => [], pipeline: async () => undefined };
        const acknowledged: Written[] = [];
        for (let start = 0; start < given.length; start += width) {
          // A new instance for each round: nothing but the streams survives a restart.
          const records = new Records(note, { streams, directory, now: () => 0 });
          const round = given.slice(start, start + width);
          const results = await Promise.all(round.map((command, index) => run(records, command, start + index)));
          acknowledged.push(...results.filter((result) => result !== undefined));
        }
        checkLog(streams);
        await checkAcknowledged(streams, acknowledged);
      }),
      { numRuns: 300 },
    );
  });
});

function checkLog({ log }: MemoryStreams): void {
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  const streams = Map.groupBy(log, ({ stream }) => stream);
  for (const events of streams.values()) {
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index));
  }
  const owners = [...streams.keys()].flatMap((stream) =>
    [...new Set(streams.get(stream)?.map(({ metadata }) => metadata.commandId))].map((command) => [command, stream]),
  );
  const recordOwners = owners.filter(([, stream]) => stream?.startsWith('note-'));
  expect(new Set(recordOwners.map(([command]) => command)).size).toBe(recordOwners.length);
}

async function checkAcknowledged(streams: MemoryStreams, acknowledged: readonly Written[]): Promise<void> {
  const live = new Map<unknown, unknown>();
  for (const { record, revision } of acknowledged) {
    const events = await streams.read(`note-acme.${record.id}`);
    expect(events.length).toBeGreaterThan(revision);
  }
  const records = new Records(note, {
    streams,
    directory: { missing: async () => [], pipeline: async () => undefined },
    now: () => 0,
  });
  for (const id of new Set(acknowledged.map(({ record }) => String(record.id)))) {
    const { record } = await records.get({ tenant: 'acme' }, id, { deleted: true });
    if (record.deletedAt !== undefined || record.externalId === undefined) continue;
    expect(live.get(record.externalId)).toBeUndefined();
    live.set(record.externalId, id);
  }
}
