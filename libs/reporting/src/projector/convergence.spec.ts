import { describe, expect, it } from '@jest/globals';
import type { FeedBatch } from '@sillage/event-feed';
import fc from 'fast-check';
import { REPORTING_SCHEMA } from '../schema.js';
import { crmLog, crmLogWithPoison } from '../testing/arbitrary-log.js';
import { InMemoryViewStore } from '../testing/in-memory-view-store.js';
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

const run: fc.Arbitrary<Run> = fc.record({
  batch: fc.integer({ min: 1, max: 20 }),
  overlap: fc.nat({ max: 15 }),
  crashAt: fc.nat({ max: 6 }),
  moment: fc.constantFrom('before' as const, 'after' as const),
});

describe('the views', () => {
  it('equal a fresh fold, whatever the batches, the duplicates and the crashes', async () => {
    await fc.assert(
      fc.asyncProperty(crmLogWithPoison, fc.array(run, { maxLength: 6 }), async (log, runs) => {
        const fresh = new InMemoryViewStore(REPORTING_SCHEMA);
        await finish(fresh, log, 1);

        const store = new InMemoryViewStore(REPORTING_SCHEMA);
        for (const each of runs) await crashing(store, log, each);
        await finish(store, log, 7);

        expect(await differences(fresh, store, 5)).toEqual([]);
        expect(await checksum(store)).toBe(await checksum(fresh));
      }),
      { numRuns: 300 },
    );
  });

  it('are those of the higher position when two projectors fold the same partition', async () => {
    await fc.assert(
      fc.asyncProperty(
        crmLog,
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 8 })), { maxLength: 30 }),
        async (log, turns) => {
          const store = new InMemoryViewStore(REPORTING_SCHEMA);
          const writers = [await ViewWriter.open(store, 0), await ViewWriter.open(store, 0)];
          for (const [first, size] of turns) {
            const index = first ? 0 : 1;
            // One that finds itself overtaken starts again from the stored checkpoint.
            await write(writers[index]!, after(log, writers[index]!.position, size)).catch(async () => {
              writers[index] = await ViewWriter.open(store, 0);
            });
          }
          await finish(store, log, 5);
          const fresh = new InMemoryViewStore(REPORTING_SCHEMA);
          await finish(fresh, log, 5);
          expect(await differences(fresh, store, 5)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** Folds the rest of the log. */
async function finish(store: InMemoryViewStore, log: TestLog, size: number): Promise<void> {
  store.faults = () => {};
  const writer = await ViewWriter.open(store, 0);
  for (const batch of log.batches(size)) await write(writer, batch);
}

async function crashing(
  store: InMemoryViewStore,
  log: TestLog,
  { batch, overlap, crashAt, moment }: Run,
): Promise<void> {
  const writer = await ViewWriter.open(store, 0, { events: batch, bytes: 1_000_000 });
  let writes = 0;
  store.faults = (now) => {
    if (now !== moment) return;
    if (writes === crashAt) throw new Crash();
    writes += 1;
  };
  try {
    const known = log.events.findIndex(({ position }) => position > writer.position);
    const start = Math.max(0, (known < 0 ? log.events.length : known) - overlap);
    const events = log.events.slice(start);
    // What was told already is told again in the middle, too.
    await write(writer, { events: [...events, ...events.slice(0, overlap)], position: events.at(-1)?.position ?? 0 });
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
}

async function write(writer: ViewWriter, batch: FeedBatch): Promise<void> {
  for await (const _ of writer.write(batch));
}

function after(log: TestLog, position: number, size: number): FeedBatch {
  const events = log.events.filter((event) => event.position > position).slice(0, size);
  return { events, position: events.at(-1)?.position ?? position };
}
