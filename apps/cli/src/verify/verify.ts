import { BEGINNING, LogCheck } from '@sillage/event-store';
import { differences, foldTo, PARKED_VIEW, type Parked } from '@sillage/reporting';
import { type ViewReader, ViewsOfAnotherSchema } from '@sillage/view-store';
import type { Progress } from '../progress/progress.js';
import type { Stores } from '../registration.js';

export interface Verified {
  readonly events: number;
  /** Up to which event the views were; undefined when there are none. */
  readonly viewsPosition: number | undefined;
  /** What is wrong, a line each. */
  readonly findings: readonly string[];
}

const BATCH = 1_000;

/** Of differing documents and cells: more would say no more. */
const MOST_DIFFERENCES = 20;

/** Checks the invariants over the log and the views of a data directory, also while a server runs on it. */
export async function verify(stores: Stores, progress: Progress, signal: AbortSignal): Promise<Verified> {
  const log = await verifyLog(stores, progress, signal);
  const serving = await stores.generations.current();
  if (serving === undefined) return { ...log, viewsPosition: undefined };
  try {
    return await stores.readGeneration(serving, async (views) => {
      const viewsPosition = await views.checkpoint(0);
      const findings = await verifyViews(stores, views, viewsPosition, progress, signal);
      return { events: log.events, viewsPosition, findings: [...log.findings, ...findings, ...(await parked(views))] };
    });
  } catch (error) {
    if (!(error instanceof ViewsOfAnotherSchema)) throw error;
    const finding = 'the views were made by another version: start the server, or rebuild them';
    return { ...log, viewsPosition: undefined, findings: [...log.findings, finding] };
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
  progress.begin('events', head, 'events');
  for (let after = BEGINNING; after < head; ) {
    const events = await log.readAll({ after, limit: BATCH });
    for (const event of events) {
      for (const { position, stream, what } of check.check(event))
        findings.push(`event ${position} of ${stream}: ${what}`);
    }
    progress.advance(events.length);
    after = events.at(-1)?.position ?? head;
    signal.throwIfAborted();
  }
  return { events: check.events, findings };
}

/** The views equal a fresh fold of the log up to their position. */
async function verifyViews(
  { feed, withTemporaryViews }: Stores,
  views: ViewReader,
  position: number,
  progress: Progress,
  signal: AbortSignal,
): Promise<readonly string[]> {
  progress.begin('views', position, 'events');
  return withTemporaryViews(async (fresh) => {
    let told = 0;
    const onProgress = ({ events }: { readonly events: number }) => {
      progress.advance(events - told);
      told = events;
    };
    await foldTo({ feed, store: fresh, to: position, signal, onProgress });
    const found = await differences(views, fresh, MOST_DIFFERENCES);
    return found.map(
      ({ in: where, tenant, key, a, b }) =>
        `${where} of ${tenant}, ${key}: is ${a ?? 'missing'}, but the events make ${b ?? 'nothing of it'}`,
    );
  });
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
