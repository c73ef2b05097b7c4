import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FeedBatch } from '@sillage/event-feed';
import { type ViewStore, ViewsMovedOn } from '@sillage/view-store';
import { MongoGenerations } from '@sillage/view-store/mongodb';
import { describeOnMongo, FaultyDatabase } from '@sillage/view-store/mongodb/testing';
import { openSqliteViewStore } from '@sillage/view-store/sqlite';
import fc from 'fast-check';
import { REPORTING_SCHEMA } from '../schema.js';
import { crmLog, crmLogWithPoison } from '../testing/arbitrary-log.js';
import { Faults } from '../testing/faults.js';
import { InMemoryViewStore } from '../testing/in-memory-view-store.js';
import { storeKinds } from '../testing/store-kinds.js';
import type { TestLog } from '../testing/test-log.js';
import { checksum } from '../verification/checksum.js';
import { differences } from '../verification/differences.js';
import { ViewWriter } from './view-writer.js';

class Crash extends Error {}

/** One run of a projector: how it batches, what its feed gives again, and at which write it dies. */
interface Run {
  readonly batch: number;
  readonly overlap: number;
  readonly crashAt: number;
  readonly moment: 'before' | 'after';
}

/** A new empty store, and what lets its writes fail. */
interface StoreThatFails {
  readonly store: ViewStore;
  readonly faults: { at(moment: 'before' | 'after', write: string): void };
}

interface Convergence {
  readonly numRuns: number;
  /** How many writes a run makes before it dies, at most: a batch is one write, or several. */
  readonly mostWrites: number;
  readonly open: () => Promise<StoreThatFails>;
}

const run = (mostWrites: number): fc.Arbitrary<Run> =>
  fc.record({
    batch: fc.integer({ min: 1, max: 20 }),
    overlap: fc.nat({ max: 15 }),
    crashAt: fc.nat({ max: mostWrites }),
    moment: fc.constantFrom('before' as const, 'after' as const),
  });

const turn = fc.record({ writer: fc.nat({ max: 1 }), events: fc.integer({ min: 1, max: 8 }) });

const kinds = storeKinds(openSqliteViewStore).map(({ kind, numRuns, open }) => ({
  ...{ kind, numRuns, mostWrites: 6 },
  open: async () => {
    const store = open();
    return { store, faults: new Faults(store) };
  },
}));
describe.each(kinds)('the views $kind', convergence);

await describeOnMongo('the views on MongoDB', (mongo) => {
  let database: Awaited<ReturnType<typeof mongo.openDatabase>>;
  beforeAll(async () => {
    database = await mongo.openDatabase();
  });
  afterAll(() => database.remove());
  let generation = 0;
  const open = async () => {
    const faults = new FaultyDatabase(database.db);
    generation += 1;
    return { store: await new MongoGenerations(faults.db, REPORTING_SCHEMA).open(generation), faults };
  };
  convergence({ numRuns: 10, mostWrites: 40, open });
});

function convergence({ numRuns, mostWrites, open }: Convergence): void {
  it('equal a fresh fold, whatever the batches, the duplicates and the crashes', async () => {
    await fc.assert(
      fc.asyncProperty(crmLogWithPoison, fc.array(run(mostWrites), { maxLength: 6 }), async (log, runs) => {
        const fresh = new InMemoryViewStore(REPORTING_SCHEMA);
        await finish(fresh, log, 1);

        const failing = await open();
        const { store } = failing;
        for (const each of runs) await crashing(failing, log, each);
        await finish(store, log, 7);

        expect(await differences(fresh, store, 5)).toEqual([]);
        expect(await checksum(store)).toBe(await checksum(fresh));
        await store.close();
      }),
      { numRuns },
    );
  });

  it('are those of the higher position when two projectors fold the same partition', async () => {
    await fc.assert(
      fc.asyncProperty(crmLog, fc.array(turn, { maxLength: 30 }), async (log, turns) => {
        const fresh = new InMemoryViewStore(REPORTING_SCHEMA);
        await finish(fresh, log, 5);

        const { store } = await open();
        const writers = [await ViewWriter.open(store, 0), await ViewWriter.open(store, 0)];
        for (const { writer: index, events } of turns) {
          const writer = writers[index]!;
          // One that finds itself overtaken starts again from the stored checkpoint.
          await write(writer, behind(log, writer.position, events)).catch(async (error) => {
            if (!(error instanceof ViewsMovedOn)) throw error;
            writers[index] = await ViewWriter.open(store, 0);
          });
        }
        await finish(store, log, 5);

        expect(await differences(fresh, store, 5)).toEqual([]);
        await store.close();
      }),
      { numRuns },
    );
  });
}

describe('two projectors of the same partition at the same time', () => {
  it('leave the views as one would, however their reads and writes fall', async () => {
    await fc.assert(
      fc.asyncProperty(crmLog, fc.scheduler(), fc.integer({ min: 1, max: 30 }), async (log, scheduler, size) => {
        const fresh = new InMemoryViewStore(REPORTING_SCHEMA);
        await finish(fresh, log, 5);

        const store = new InMemoryViewStore(REPORTING_SCHEMA);
        const both = [interleaved(store, scheduler), interleaved(store, scheduler)].map((each) =>
          persist(each, log, size),
        );
        await scheduler.waitFor(Promise.all(both));

        expect(await differences(fresh, store, 5)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

/** The store as one of several projectors sees it: others may come between any two of its calls. */
function interleaved(store: InMemoryViewStore, scheduler: fc.Scheduler): ViewStore {
  const each: ViewStore = Object.create(store) as ViewStore;
  each.get = scheduler.scheduleFunction(store.get.bind(store));
  each.getCells = scheduler.scheduleFunction(store.getCells.bind(store));
  each.apply = scheduler.scheduleFunction(store.apply.bind(store));
  return each;
}

/** Folds the log to its end, starting again from the checkpoint whenever another was faster. */
async function persist(store: ViewStore, log: TestLog, size: number): Promise<void> {
  const end = log.events.at(-1)?.position ?? 0;
  for (;;) {
    const writer = await ViewWriter.open(store, 0);
    try {
      while (writer.position < end) await write(writer, behind(log, writer.position, size));
      return;
    } catch (error) {
      if (!(error instanceof ViewsMovedOn)) throw error;
    }
  }
}

/** Folds the rest of the log. */
async function finish(store: ViewStore, log: TestLog, size: number): Promise<void> {
  const writer = await ViewWriter.open(store, 0);
  for (const batch of log.batches(size)) await write(writer, batch);
}

async function crashing(
  { store, faults }: StoreThatFails,
  log: TestLog,
  { batch, overlap, crashAt, moment }: Run,
): Promise<void> {
  const writer = await ViewWriter.open(store, 0, { events: batch, bytes: 1_000_000 });
  let writes = 0;
  faults.at = (now) => {
    if (now !== moment) return;
    if (writes === crashAt) throw new Crash();
    writes += 1;
  };
  try {
    const events = behind(log, writer.position, log.events.length).events.length;
    const told = log.events.slice(Math.max(0, log.events.length - events - overlap));
    // What was told already is told again in the middle, too.
    await write(writer, { events: [...told, ...told.slice(0, overlap)], position: told.at(-1)?.position ?? 0 });
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  } finally {
    faults.at = () => {};
  }
}

async function write(writer: ViewWriter, batch: FeedBatch): Promise<void> {
  for await (const _ of writer.write(batch));
}

function behind(log: TestLog, position: number, size: number): FeedBatch {
  const events = log.events.filter((event) => event.position > position).slice(0, size);
  return { events, position: events.at(-1)?.position ?? position };
}
