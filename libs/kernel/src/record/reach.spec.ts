import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../ids.js';
import type { JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import { MemoryStreams } from '../testing/memory-streams.js';
import { note } from '../testing/note.js';
import type { CommandContext } from './commands.js';
import { Records } from './records.js';

const everybody: CommandContext = {
  tenant: 'acme',
  actor: 'admin',
  correlationId: 'r1',
  deadline: Date.now() + 60_000,
};
const ann: CommandContext = { ...everybody, actor: 'ann', owners: ['Ann'] };
const team: CommandContext = { ...everybody, actor: 'mia', owners: ['Mia', 'Ann'] };

let records: Records;
let [anns, bobs, nobodys]: [string, string, string] = ['', '', ''];

beforeEach(async () => {
  const directory = { missing: async () => [], pipeline: async () => undefined };
  records = new Records(note, { streams: new MemoryStreams(), directory, now: () => Date.now() });
  [anns, bobs, nobodys] = [
    await create(everybody, { title: 'A', owner: 'Ann' }),
    await create(everybody, { title: 'B', owner: 'Bob', externalId: 'b' }),
    await create(everybody, { title: 'C' }),
  ];
});

async function create(context: CommandContext, fields: JsonObject): Promise<string> {
  const id = newId();
  await records.create(context, { id, commandId: newId(), fields });
  return id;
}

const change = (context: CommandContext, id: string, patch: JsonObject, expected: number | 'any' = 'any') =>
  records.change(context, { id, commandId: newId(), patch, expected });

async function refusal(attempt: Promise<unknown>): Promise<Problem> {
  const thrown = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof Problem) return thrown;
  throw thrown ?? new Error('nothing was refused');
}

describe('records of others', () => {
  it('are read, changed, deleted and restored by those who reach everybody or their owner', async () => {
    expect((await records.get(ann, anns, { deleted: false })).record.title).toBe('A');
    expect((await records.get(team, anns, { deleted: false })).record.title).toBe('A');
    expect(await records.history(team, anns)).toHaveLength(1);
    await change(team, anns, { title: 'A2' });
    await records.delete(ann, { id: anns, commandId: newId(), expected: 'any' });
    expect((await records.restore(ann, { id: anns, commandId: newId() })).record.title).toBe('A2');
  });

  it('are to all others like records that do not exist, also when deleted, stale or repeated', async () => {
    await records.delete(everybody, { id: bobs, commandId: newId(), expected: 'any' });
    for (const id of [bobs, nobodys, newId()]) {
      const attempts = [
        records.get(ann, id, { deleted: false }),
        records.get(ann, id, { deleted: true }),
        records.history(ann, id),
        change(ann, id, { title: 'mine' }),
        change(ann, id, { title: 'mine' }, 7),
        records.delete(ann, { id, commandId: newId(), expected: 'any' }),
        records.restore(ann, { id, commandId: newId() }),
      ];
      for (const attempt of attempts) {
        expect(await refusal(attempt)).toMatchObject({ code: 'record-not-found', params: {}, extensions: {} });
      }
    }
    expect(await records.missing(ann, [anns, bobs, nobodys])).toEqual([bobs, nobodys]);
  });

  it('are not made: a record is neither created for nor given to somebody out of reach, or nobody', async () => {
    const faults = [expect.objectContaining({ path: 'owner', code: 'out-of-reach' })];
    for (const fields of [{ title: 'D', owner: 'Bob' }, { title: 'D' }]) {
      expect(await refusal(create(ann, fields))).toMatchObject({ code: 'not-allowed', faults });
    }
    for (const owner of ['Bob', null]) {
      expect(await refusal(change(ann, anns, { owner }))).toMatchObject({ code: 'not-allowed', faults });
    }
    expect((await change(team, anns, { owner: 'Mia' })).record.owner).toBe('Mia');
    expect(await refusal(records.get(ann, anns, { deleted: false }))).toMatchObject({ code: 'record-not-found' });
  });

  it('are not shown by the key under which another created them', async () => {
    const command = { id: newId(), commandId: newId(), fingerprint: 'f', fields: { title: 'E', owner: 'Ann' } };
    await records.create(ann, command);
    await change(everybody, command.id, { owner: 'Bob' });
    expect(await refusal(records.create(ann, command))).toMatchObject({ code: 'idempotency-key-reused' });
    expect((await records.create(everybody, command)).record.owner).toBe('Ann');
  });

  it('are not named when they have the external id that is wanted', async () => {
    const wanted = { title: 'F', owner: 'Ann', externalId: 'b' };
    expect(await refusal(create(ann, wanted))).toMatchObject({ code: 'external-id-taken', params: {}, extensions: {} });
    expect(await refusal(create(everybody, wanted))).toMatchObject({ extensions: { takenBy: bobs } });
  });
});
