import { afterEach, beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ViewsMovedOn } from '../errors.js';
import { allOf } from '../testing/reading.js';
import { DEALS, SampleLog, SCHEMA, storedOf } from '../testing/samples.js';
import type { ViewBatch, ViewReader, ViewStore } from '../view-store.js';
import { type MongoDatabase, MongoGenerations } from './index.js';
import { FaultyDatabase } from './testing/faulty-database.js';
import { describeOnMongo } from './testing/mongo-for-tests.js';

class Crash extends Error {}

const TENANT = 'tenant';
const STAGES = ['open', 'won', 'lost'];
const DEALS_IN_TURN = 5;

/** Every write of a batch, and which time it comes: several records are written in two halves. */
const WRITES: readonly (readonly [write: string, times: number])[] = [
  ['insertMany redo', 1],
  // The batch is decided, and the checkpoint moves.
  ['updateOne partitions', 2],
  ['bulkWrite view.deals', 2],
  ['bulkWrite cells', 2],
  ['bulkWrite tenants', 1],
  ['deleteMany redo', 1],
];

const STEPS = WRITES.flatMap(([write, times]) =>
  Array.from({ length: times }, (_, index) => index + 1).flatMap((time) =>
    ['before', 'after'].map((moment) => [`${moment} ${write}`, time] as const),
  ),
);

/** What the views hold of the first `end` events of a log: its n-th changes one deal, and one cell, which may go. */
function fold(after: number, end: number): Pick<ViewBatch, 'documents' | 'cells'> {
  const positions = Array.from({ length: end - after }, (_, index) => after + index + 1);
  const documents = positions.map((position) => {
    const id = `deal-${position % DEALS_IN_TURN}`;
    const ordinal = position <= DEALS_IN_TURN ? position : ((position - 1) % DEALS_IN_TURN) + 1;
    const document = { id, createdAt: '2026-03-01T08:00:00.000Z', name: `after ${position}` };
    return { view: DEALS.name, tenant: TENANT, id, ordinal, position, deleted: position % 4 === 0, document };
  });
  const cells = positions.map((position) => ({
    ...{
      cube: 'pipeline',
      tenant: TENANT,
      dimensions: [STAGES[position % STAGES.length] ?? null, null, null],
      position,
    },
    measures: position % 7 === 0 ? {} : { count: BigInt(position) },
  }));
  return { documents, cells };
}

async function expectFold(views: ViewReader, end: number): Promise<void> {
  const { documents, cells } = fold(0, end);
  const newest = new Map(documents.map((document) => [document.id, storedOf(document)]));
  const lastCells = new Map(cells.map(({ cube: _, ...cell }) => [cell.dimensions[0], cell]));
  const present = [...lastCells.values()].filter(({ measures }) => Object.keys(measures).length > 0);
  expect(await views.checkpoint(0)).toBe(end);
  expect(new Set(await allOf(views.scan(DEALS.name)))).toEqual(new Set(newest.values()));
  expect(new Set(await allOf(views.scanCells('pipeline')))).toEqual(new Set(present));
}

/** Brings the views up to `end` as a projector does: from the stored checkpoint, again whenever another was faster. */
async function project(store: ViewStore, size: number, end: number): Promise<void> {
  for (;;) {
    const after = await store.checkpoint(0);
    if (after >= end) return;
    const position = Math.min(after + size, end);
    const batch = { ...fold(after, position), checkpoint: { partition: 0, after, position } };
    await store.apply(batch).catch((error) => {
      if (!(error instanceof ViewsMovedOn)) throw error;
    });
  }
}

await describeOnMongo('a writer of views on MongoDB that dies', (mongo) => {
  let database: MongoDatabase & { remove(): Promise<void> };
  let generation = 0;

  beforeEach(async () => {
    database = await mongo.openDatabase();
  });
  afterEach(() => database.remove());

  /** The views as a process finds them that has just been started, and what lets its writes fail. */
  async function opened(): Promise<{ store: ViewStore; faults: FaultyDatabase }> {
    const faults = new FaultyDatabase(database.db);
    return { store: await new MongoGenerations(faults.db, SCHEMA).open(generation), faults };
  }

  /** Lets a process write until it dies at a step that `dies` picks, or is done. Gives whether it has died. */
  async function projectUntil(dies: (step: string) => boolean, size: number, end: number): Promise<boolean> {
    const { store, faults } = await opened();
    let isDead = false;
    faults.at = (moment, write) => {
      // What has died does nothing more, whatever it had begun.
      isDead ||= dies(`${moment} ${write.replace(/\d+\./, '')}`);
      if (isDead) throw new Crash();
    };
    await project(store, size, end).catch((error) => {
      if (!(error instanceof Crash)) throw error;
    });
    return isDead;
  }

  it.each(STEPS)('leaves what another one brings to the same end: %s, time %i', async (step, time) => {
    await project((await opened()).store, 10, 6);
    let seen = 0;
    const dies = (now: string) => {
      if (now === step) seen += 1;
      return now === step && seen === time;
    };
    expect(await projectUntil(dies, 6, 12)).toBe(true);

    const { store } = await opened();
    await project(store, 100, 20);
    await expectFold(store, 20);
  });

  it.each(STEPS)(
    'changes nothing when it was only held up, and others have gone on: %s, time %i',
    async (step, time) => {
      await project((await opened()).store, 10, 6);
      const { store, faults } = await opened();
      let seen = 0;
      const held = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      faults.at = async (moment, write) => {
        if (`${moment} ${write.replace(/\d+\./, '')}` !== step) return;
        seen += 1;
        if (seen !== time) return;
        held.resolve();
        await released.promise;
      };
      const late = project(store, 6, 12);
      await held.promise;
      const { store: other } = await opened();
      await project(other, 4, 20);

      released.resolve();
      await late;
      await expectFold(other, 20);
    },
  );

  it('leaves nothing wrong to others that write at the same time, in other batches', async () => {
    const aWriter = fc.record({
      size: fc.integer({ min: 1, max: 9 }),
      deaths: fc.array(fc.nat({ max: 40 }), { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(aWriter, { minLength: 2, maxLength: 3 }), async (writers) => {
        generation += 1;
        await Promise.all(
          writers.map(async ({ size, deaths }) => {
            for (const last of deaths) {
              let steps = 0;
              await projectUntil(() => steps++ === last, size, 30);
            }
            await project((await opened()).store, size, 30);
          }),
        );
        await expectFold((await opened()).store, 30);
      }),
      { numRuns: 25 },
    );
  });

  it('leaves a batch whole that is larger than any record', async () => {
    const log = new SampleLog(TENANT);
    const notes = 'x'.repeat(800_000);
    const documents = Array.from({ length: 30 }, (_, n) => log.created({ id: `deal-${n}`, notes }));
    const { store, faults } = await opened();
    faults.at = (moment, write) => {
      if (moment === 'after' && write.startsWith('updateOne')) throw new Crash();
    };
    await expect(store.apply(log.batch({ documents }))).rejects.toBeInstanceOf(Crash);
    expect(await allOf(store.scan(DEALS.name))).toEqual([]);

    const { store: next } = await opened();
    expect(await next.checkpoint(0)).toBe(log.position);
    expect(await allOf(next.scan(DEALS.name))).toHaveLength(documents.length);
  });

  it('leaves no redo records behind for ever', async () => {
    generation += 1;
    // It dies when the redo record is stored, and the batch not decided.
    await projectUntil((step) => step === 'after insertMany redo', 6, 12);
    await project((await opened()).store, 6, 12);
    expect(await database.db.collection(`${generation}.redo`).countDocuments()).toBe(0);
  });

  it('is not made up for when its redo record is lost', async () => {
    generation += 1;
    const { store, faults } = await opened();
    faults.at = (moment, write) => {
      if (moment === 'before' && write.startsWith('bulkWrite')) throw new Crash();
    };
    await expect(project(store, 6, 6)).rejects.toBeInstanceOf(Crash);
    await database.db.collection(`${generation}.redo`).deleteMany({});
    await expect((await opened()).store.checkpoint(0)).rejects.toThrow('made anew');
  });
});
