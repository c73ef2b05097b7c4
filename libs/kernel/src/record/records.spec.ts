import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../ids.js';
import type { JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import { MemoryStreams } from '../testing/memory-streams.js';
import { note } from '../testing/note.js';
import type { CommandContext, CreateRecord } from './commands.js';
import { Records } from './records.js';

let clock: number;
let streams: MemoryStreams;
let records: Records;

beforeEach(() => {
  clock = Date.parse('2026-03-01T09:00:00Z');
  streams = new MemoryStreams();
  const directory = {
    missing: async (_tenant: string, _type: string, ids: readonly string[]) => ids.filter((id) => id === 'nowhere'),
    pipeline: async () => undefined,
  };
  records = new Records(note, { streams, directory, now: () => clock });
});

const context = (): CommandContext => ({ tenant: 'acme', actor: 'ann', correlationId: 'r1', deadline: clock + 8_000 });
const fresh = (fields: JsonObject): CreateRecord => ({ id: newId(), commandId: newId(), fields });
const keyed = (key: string, fields: JsonObject): CreateRecord => ({
  id: `record-${key}`,
  commandId: `command-${key}`,
  fingerprint: JSON.stringify(fields),
  fields,
});

async function refusal(attempt: Promise<unknown>): Promise<Problem> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error;
  throw error ?? new Error('the command was not refused');
}

describe('the life of a record', () => {
  it('is created, changed, deleted and restored, each step with the next revision', async () => {
    const command = fresh({ title: 'One' });
    const { id } = command;
    const created = await records.create(context(), command);
    expect(created).toMatchObject({
      revision: 0,
      record: { id, title: 'One', revision: 0, createdAt: '2026-03-01T09:00:00.000Z', createdBy: 'ann' },
    });
    clock += 1_000;
    const changed = await records.change(context(), { id, commandId: newId(), patch: { title: 'Two' }, expected: 0 });
    expect(changed.record).toMatchObject({
      title: 'Two',
      createdAt: '2026-03-01T09:00:00.000Z',
      updatedAt: '2026-03-01T09:00:01.000Z',
    });
    await records.delete(context(), { id, commandId: newId(), expected: 1 });
    expect((await refusal(records.get({ tenant: 'acme' }, id, { deleted: false }))).code).toBe('record-deleted');
    expect((await records.get({ tenant: 'acme' }, id, { deleted: true })).record.deletedAt).toBe(
      '2026-03-01T09:00:01.000Z',
    );
    const restored = await records.restore(context(), { id, commandId: newId() });
    expect(restored).toMatchObject({ revision: 3, record: { title: 'Two' } });
    expect(restored.record.deletedAt).toBeUndefined();
  });

  it('tells its history, oldest first, with what each event changed', async () => {
    const command = fresh({ title: 'One' });
    await records.create(context(), command);
    await records.change(context(), {
      ...command,
      commandId: newId(),
      patch: { title: 'Two', body: 'x' },
      expected: 0,
    });
    expect(await records.history({ tenant: 'acme' }, command.id)).toEqual([
      {
        type: 'NoteCreated',
        at: '2026-03-01T09:00:00.000Z',
        by: 'ann',
        revision: 0,
        changes: [{ field: 'title', from: null, to: 'One' }],
      },
      {
        type: 'NoteRenamed',
        at: '2026-03-01T09:00:00.000Z',
        by: 'ann',
        revision: 1,
        changes: [{ field: 'title', from: 'One', to: 'Two' }],
      },
      {
        type: 'NoteRevised',
        at: '2026-03-01T09:00:00.000Z',
        by: 'ann',
        revision: 2,
        changes: [{ field: 'body', from: null, to: 'x' }],
      },
    ]);
  });

  it('began when it is said to have begun; its first event keeps its own time', async () => {
    const createdAt = '2016-10-20T00:00:00.000Z';
    const created = await records.create(context(), { ...fresh({ title: 'One' }), createdAt });
    expect(created.record.createdAt).toBe(createdAt);
    expect(streams.log[0]?.metadata.at).toBe('2026-03-01T09:00:00.000Z');
    const late = { ...fresh({ title: 'One' }), createdAt: '2026-03-01T09:05:00.000Z' };
    expect((await refusal(records.create(context(), late))).faults).toMatchObject([
      { path: 'createdAt', code: 'in-the-future' },
    ]);
  });

  it('is unknown where it is not, and another tenant has none of it', async () => {
    const command = fresh({ title: 'One' });
    await records.create(context(), command);
    expect((await refusal(records.get({ tenant: 'acme' }, newId(), { deleted: true }))).code).toBe('record-not-found');
    expect((await refusal(records.get({ tenant: 'other' }, command.id, { deleted: true }))).code).toBe(
      'record-not-found',
    );
    expect((await refusal(records.history({ tenant: 'other' }, command.id))).code).toBe('record-not-found');
    const change = { ...command, commandId: newId(), patch: { title: 'Two' }, expected: 0 };
    expect((await refusal(records.change({ ...context(), tenant: 'other' }, change))).code).toBe('record-not-found');
    expect(await records.missing({ tenant: 'acme' }, [command.id, 'x'])).toEqual(['x']);
  });

  it('adds no event when nothing changes', async () => {
    const command = fresh({ title: 'One' });
    const created = await records.create(context(), command);
    const same = { ...command, commandId: newId(), patch: { title: 'One', body: null }, expected: 0 };
    expect(await records.change(context(), same)).toEqual(created);
    expect(await records.restore(context(), { id: command.id, commandId: newId() })).toEqual(created);
    expect(streams.log).toHaveLength(1);
  });

  it('does nothing to a deleted record but restore it', async () => {
    const command = fresh({ title: 'One' });
    const { id } = command;
    await records.create(context(), command);
    await records.delete(context(), { id, commandId: newId(), expected: 0 });
    const change = { id, commandId: newId(), patch: { title: 'Two' }, expected: 0 };
    expect((await refusal(records.change(context(), change))).code).toBe('record-deleted');
    expect((await refusal(records.delete(context(), { id, commandId: newId(), expected: 1 }))).code).toBe(
      'record-deleted',
    );
  });

  it('refers only to records that exist', async () => {
    const problem = await refusal(records.create(context(), fresh({ title: 'One', aboutId: 'nowhere' })));
    expect(problem.code).toBe('not-possible');
    expect(problem.faults).toMatchObject([{ path: 'aboutId', code: 'unknown-reference' }]);
  });

  it('is not above itself', async () => {
    const top = fresh({ title: 'Top' });
    await records.create(context(), top);
    const middle = fresh({ title: 'Middle', partOfId: top.id });
    await records.create(context(), middle);
    const below = fresh({ title: 'Below', partOfId: middle.id });
    await records.create(context(), below);
    const circle = { id: top.id, commandId: newId(), patch: { partOfId: below.id }, expected: 0 };
    expect((await refusal(records.change(context(), circle))).faults).toMatchObject([
      { path: 'partOfId', code: 'refers-to-itself' },
    ]);
  });
});

describe('a stale command', () => {
  it('is told the current revision and what happened since', async () => {
    const command = fresh({ title: 'One' });
    const { id } = command;
    await records.create(context(), command);
    await records.change(context(), { id, commandId: newId(), patch: { title: 'Two' }, expected: 0 });
    const problem = await refusal(
      records.change(context(), { id, commandId: newId(), patch: { body: 'x' }, expected: 0 }),
    );
    expect(problem.code).toBe('stale-revision');
    expect(problem.extensions).toMatchObject({
      currentRevision: 1,
      events: [{ type: 'NoteRenamed', changes: [{ field: 'title', from: 'One', to: 'Two' }] }],
    });
  });

  it('is refused when another command wins the race', async () => {
    const command = fresh({ title: 'One' });
    const { id } = command;
    await records.create(context(), command);
    const results = await Promise.allSettled(
      ['Two', 'Three'].map((title) =>
        records.change(context(), { id, commandId: newId(), patch: { title }, expected: 0 }),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(streams.log).toHaveLength(2);
  });

  it('is decided anew when its caller does not mind', async () => {
    const command = fresh({ title: 'One' });
    const { id } = command;
    await records.create(context(), command);
    await Promise.all(
      ['title', 'body'].map((field) =>
        records.change(context(), { id, commandId: newId(), patch: { [field]: 'new' }, expected: 'any' }),
      ),
    );
    const { record } = await records.get({ tenant: 'acme' }, id, { deleted: false });
    expect(record).toMatchObject({ title: 'new', body: 'new', revision: 2 });
  });
});

describe('a repeated command', () => {
  it('gives its first result, as it was then', async () => {
    const command = keyed('k', { title: 'One' });
    const first = await records.create(context(), command);
    await records.change(context(), { ...command, commandId: newId(), patch: { title: 'Two' }, expected: 0 });
    clock += 60_000;
    expect(await records.create(context(), command)).toEqual(first);
    expect(streams.log).toHaveLength(2);
  });

  it('is refused when it asks for something else', async () => {
    await records.create(context(), keyed('k', { title: 'One' }));
    const other = records.create(context(), keyed('k', { title: 'Two' }));
    expect((await refusal(other)).code).toBe('idempotency-key-reused');
  });

  it('is done once, however many run at the same time', async () => {
    const twins = Array.from({ length: 5 }, () => records.create(context(), keyed('k', { title: 'One' })));
    const results = await Promise.all(twins);
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(streams.log).toHaveLength(1);
  });

  it('is refused for the twin with another body, even at the same time', async () => {
    const results = await Promise.allSettled([
      records.create(context(), keyed('k', { title: 'One' })),
      records.create(context(), keyed('k', { title: 'Two' })),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(streams.log).toHaveLength(1);
  });

  it('gives its first result without a key too, when its message is sent again', async () => {
    const command = fresh({ title: 'One' });
    const first = await records.create(context(), command);
    clock += 1_000;
    expect(await records.create({ ...context(), repeated: true }, command)).toEqual(first);
    expect(streams.log).toHaveLength(1);
  });

  it('is stored once when the store did not answer', async () => {
    streams.failures.push('lost-answer', 'lost-request');
    const created = await records.create(context(), fresh({ title: 'One' }));
    expect(created.revision).toBe(0);
    expect(streams.log).toHaveLength(1);
  });
});

describe('an external id', () => {
  const named = (externalId: string) => fresh({ title: 'One', externalId });

  it('is given once', async () => {
    const first = named('x');
    await records.create(context(), first);
    const problem = await refusal(records.create(context(), named('x')));
    expect(problem.code).toBe('external-id-taken');
    expect(problem.extensions).toEqual({ takenBy: first.id });
    await records.create({ ...context(), tenant: 'other' }, named('x'));
  });

  it('is given once, however many ask at the same time', async () => {
    const attempts = Array.from({ length: 5 }, () => records.create(context(), named('x')));
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is free again after the record was deleted or renamed', async () => {
    const first = named('x');
    await records.create(context(), first);
    await records.delete(context(), { id: first.id, commandId: newId(), expected: 0 });
    const second = named('x');
    await records.create(context(), second);
    const rename = { id: second.id, commandId: newId(), patch: { externalId: 'y' }, expected: 0 };
    await records.change(context(), rename);
    const third = named('x');
    await records.create(context(), third);
    expect((await refusal(records.restore(context(), { id: first.id, commandId: newId() }))).code).toBe(
      'external-id-taken',
    );
    await records.delete(context(), { id: third.id, commandId: newId(), expected: 0 });
    const restored = await records.restore(context(), { id: first.id, commandId: newId() });
    expect(restored.record.externalId).toBe('x');
  });

  it('is taken over from a command that a crash ended between claim and record', async () => {
    const crashed = named('x');
    streams.append = crashAfter(streams, 1);
    await expect(records.create(context(), crashed)).rejects.toThrow('crash');
    expect((await refusal(records.create(context(), named('x')))).code).toBe('external-id-taken');
    clock += 20_000;
    const created = await records.create(context(), named('x'));
    expect(created.record.externalId).toBe('x');
  });

  it('is found again by the repeat of a command that a crash ended', async () => {
    const command = keyed('k', { title: 'One', externalId: 'x' });
    streams.append = crashAfter(streams, 1);
    await expect(records.create(context(), command)).rejects.toThrow('crash');
    const created = await records.create(context(), command);
    expect(created.record).toMatchObject({ title: 'One', externalId: 'x' });
  });
});

/** Lets so many appends through, fails the next, and then heals. */
function crashAfter(store: MemoryStreams, appends: number): MemoryStreams['append'] {
  const append = store.append.bind(store);
  let left = appends;
  return async (...given) => {
    left -= 1;
    if (left >= 0) return append(...given);
    store.append = append;
    throw new Error('crash');
  };
}
