import { describe, expect, it } from '@jest/globals';
import { type Appended, NO_STREAM, newId, WrongExpectedRevision } from '@sillage/kernel';
import fc from 'fast-check';
import type { EventStore } from '../event-store.js';
import { anEvent, aStream, aTenant } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';
import { type Attempt, explain, type StreamsModel } from './streams-model.js';

/** A step of a generated run. What it attempts depends on how far the streams have come. */
type Step =
  | { readonly kind: 'append'; readonly stream: number; readonly events: number; readonly behind: number }
  | { readonly kind: 'repeat'; readonly of: number; readonly change: 'none' | 'shortened' | 'extended' };

const STREAMS = 3;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('append' as const),
    stream: fc.nat({ max: STREAMS - 1 }),
    events: fc.integer({ min: 1, max: 3 }),
    behind: fc.integer({ min: -1, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('repeat' as const),
    of: fc.nat({ max: 30 }),
    change: fc.constantFrom('none' as const, 'shortened' as const, 'extended' as const),
  }),
);

/** The steps of one round run at once. */
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 12 });

/** A store is no more than an in-memory model that takes one append after the other. */
export function modelContract(test: StoreOfTest): void {
  describe('any appends, repeats and conflicts', () => {
    it('have the results and leave the streams that some order of them has in a model', async () => {
      await fc.assert(
        fc.asyncProperty(rounds, (generated) => equalsModel(test.store, generated)),
        { numRuns: 60 },
      );
    });
  });
}

async function equalsModel(store: EventStore, generated: readonly (readonly Step[])[]): Promise<void> {
  const tenant = aTenant();
  const names = Array.from({ length: STREAMS }, () => aStream(tenant));
  const attempts: Attempt[] = [];
  const successes: { readonly stream: string; readonly appended: Appended }[] = [];
  let model: StreamsModel = new Map();

  for (const round of generated) {
    const now = round.flatMap((step) => toAttempt(step, { names, model, former: attempts }));
    attempts.push(...now);
    const results = await Promise.all(now.map((attempt) => appended(store, tenant, attempt)));
    const observed = now.map((attempt, index) => {
      const result = results[index];
      if (result) successes.push({ stream: attempt.stream, appended: result });
      return { attempt, outcome: result?.revision ?? ('wrong-expected-revision' as const) };
    });
    const after = explain(model, observed);
    if (!after) throw new Error(`no order explains ${JSON.stringify(observed)} on ${JSON.stringify([...model])}`);
    model = after;
  }

  for (const name of names) {
    const stored = await store.read(name);
    expect(stored.map(({ id, revision }) => ({ id, revision }))).toEqual(
      (model.get(name) ?? []).map((id, revision) => ({ id, revision })),
    );
    for (const { appended } of successes.filter(({ stream }) => stream === name)) {
      expect(stored[appended.revision]?.position).toBe(appended.position);
    }
  }
  const ids = [...model.values()].flat();
  expect(new Set(ids).size).toBe(ids.length);
}

interface Progress {
  readonly names: readonly string[];
  readonly model: StreamsModel;
  readonly former: readonly Attempt[];
}

/** None where there is nothing to repeat yet. */
function toAttempt(step: Step, { names, model, former }: Progress): Attempt[] {
  if (step.kind === 'append') {
    const stream = names[step.stream] ?? '';
    const last = (model.get(stream)?.length ?? 0) - 1;
    const expected = Math.max(NO_STREAM, last - step.behind);
    return [{ stream, expected, ids: Array.from({ length: step.events }, () => newId()) }];
  }
  const repeated = former[step.of % former.length];
  if (!repeated) return [];
  const { ids } = repeated;
  switch (step.change) {
    case 'none':
      return [repeated];
    case 'shortened':
      return [{ ...repeated, ids: ids.slice(0, Math.max(1, ids.length - 1)) }];
    case 'extended':
      return [{ ...repeated, ids: [...ids, newId()] }];
  }
}

/** Undefined when the store refuses the revision. */
async function appended(store: EventStore, tenant: string, { stream, expected, ids }: Attempt) {
  try {
    return await store.append(
      stream,
      expected,
      ids.map((id) => anEvent({ tenant, id })),
    );
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return undefined;
    throw error;
  }
}
