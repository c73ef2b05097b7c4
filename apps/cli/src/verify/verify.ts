import { BEGINNING, LogCheck } from '@sillage/event-store';
import { differences, PARKED_VIEW, type Parked } from '@sillage/reporting';
import { type ViewReader, ViewsOfAnotherSchema } from '@sillage/view-store';
import { LogProgress } from '../progress/log-progress.js';
import type { Progress } from '../progress/progress.js';
import type { Stores } from '../stores.js';
import { FreshViews } from '../views/fresh-views.js';
import { checkpoints, sideBySide } from '../views/side-by-side.js';

export interface Verified {
  readonly events: number;
  readonly views: VerifiedViews;
  /** What is wrong, a line each. */
  readonly findings: readonly string[];
}

export type VerifiedViews =
  /** There are none that this version reads. */
  | { readonly kind: 'none' }
  /** By partition, up to which event they were. */
  | { readonly kind: 'verified'; readonly positions: readonly number[] }
  /** They were written to all the while, in a store that keeps no state beside the one it is in. */
  | { readonly kind: 'not-at-rest' };

const BATCH = 1_000;

/** Of differing documents and cells: more would say no more. */
const MOST_DIFFERENCES = 20;

/** Checks the invariants over the log and the views, also while a server runs. */
export async function verify(stores: Stores, progress: Progress, signal: AbortSignal): Promise<Verified> {
  const { events, findings } = await verifyLog(stores, progress, signal);
  const serving = await stores.generations.current();
  if (serving === undefined) return { events, findings, views: { kind: 'none' } };
  try {
    const verified = await verifyViews(stores, serving, progress, signal);
    return { events, views: verified.views, findings: [...findings, ...verified.findings] };
  } catch (error) {
    if (!(error instanceof ViewsOfAnotherSchema)) throw error;
    const finding = 'the views were made by another version: start the server, or rebuild them';
    return { events, views: { kind: 'none' }, findings: [...findings, finding] };
  }
}

async function verifyLog(
  { log }: Stores,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ readonly events: number; readonly findings: readonly string[] }> {
  const check = new LogCheck();
  const findings: string[] = [];
  const head = await log.head();
  const walk = new LogProgress(progress, 'events', head);
  for (let after = BEGINNING; after < head; ) {
    const events = await log.readAll({ after, limit: BATCH });
    for (const event of events) {
      for (const { position, stream, what } of check.check(event))
        findings.push(`event ${position} of ${stream}: ${what}`);
    }
    after = events.at(-1)?.position ?? head;
    walk.reach(after, events.length);
    signal.throwIfAborted();
  }
  return { events: check.events, findings };
}

/** The views equal a fresh fold of the log up to their positions, and no record is parked. */
async function verifyViews(
  stores: Stores,
  generation: number,
  progress: Progress,
  signal: AbortSignal,
): Promise<Pick<Verified, 'views' | 'findings'>> {
  const end = Math.max(...(await stores.readGeneration(generation, (views) => checkpoints(stores, views))));
  return stores.withTemporaryViews(async (store) => {
    const fresh = new FreshViews(stores, store, new LogProgress(progress, 'views', end), signal);
    const verified = await sideBySide(stores, generation, fresh, async ({ serving, positions }) => ({
      views: { kind: 'verified', positions } as const,
      findings: [...(await wrong(serving, store)), ...(await parked(serving))],
    }));
    return verified ?? { views: { kind: 'not-at-rest' }, findings: [] };
  });
}

async function wrong(serving: ViewReader, fresh: ViewReader): Promise<readonly string[]> {
  const found = await differences(serving, fresh, MOST_DIFFERENCES);
  return found.map(
    ({ in: where, tenant, key, a, b }) =>
      `${where} of ${tenant}, ${key}: is ${a ?? 'missing'}, but the events make ${b ?? 'nothing of it'}`,
  );
}

async function parked(views: ViewReader): Promise<readonly string[]> {
  const findings: string[] = [];
  for await (const { tenant, document } of views.scan(PARKED_VIEW.name)) {
    const { id, eventType, position, reason, waiting } = document as unknown as Parked;
    findings.push(
      `${id} of ${tenant} is parked at event ${position} (${eventType}): ${reason}; ${waiting} events wait`,
    );
  }
  return findings;
}
