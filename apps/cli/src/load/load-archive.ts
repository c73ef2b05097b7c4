import { BEGINNING, type EventStore } from '@sillage/event-store';
import { OutcomeUnknown, type StoredEvent, StoreUnavailable, WrongExpectedRevision } from '@sillage/kernel';
import type { ArchivedEvent } from '../archive/archived-event.js';
import { readArchive } from '../archive/read-archive.js';
import { Failure } from '../failure.js';
import type { Progress } from '../progress/progress.js';
import { type Append, appendsOf, runsOf } from './appends.js';
import { compare } from './compare.js';

export interface LoadRequest {
  readonly file: string;
  readonly store: EventStore;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface Loaded {
  /** In the archive. */
  readonly events: number;
  /** Of these, how many the store had already. */
  readonly had: number;
}

const GO_ON = 'run the same command again to go on where it stopped';

/**
 * Carries an archive into a store, in the archive's order. Reads it through first, and compares it with what the store
 * has: nothing is appended unless the archive is whole, and what the store has of its tenants is its beginning. At the
 * end the new part of the store's log is compared with the archive.
 * @throws Failure
 */
export async function loadArchive(request: LoadRequest): Promise<Loaded> {
  const { file, store, progress, signal } = request;
  const { events, tenants } = await inspect(file, signal);
  const before = await compare({ log: store, after: BEGINNING, tenants, expected: readArchive(file), signal });
  if (before.stranger !== undefined) throw new Failure(strange(before.stranger, before.same));
  progress.begin('load', events - before.same, 'events');
  await append(request, before.same);
  const expected = behind(readArchive(file), before.same);
  const after = await compare({ log: store, after: before.position, tenants, expected, signal });
  if (before.same + after.same < events) throw new Failure(disordered(after.stranger));
  return { events, had: before.same };
}

async function inspect(
  file: string,
  signal: AbortSignal,
): Promise<{ readonly events: number; readonly tenants: ReadonlySet<string> }> {
  const tenants = new Set<string>();
  let events = 0;
  for await (const group of readArchive(file)) {
    signal.throwIfAborted();
    for (const { metadata } of group) tenants.add(metadata.tenant);
    events += group.length;
  }
  return { events, tenants };
}

async function append({ file, store, progress, signal }: LoadRequest, had: number): Promise<void> {
  for await (const appends of appendsOf(behind(readArchive(file), had))) {
    for (const run of runsOf(appends)) {
      signal.throwIfAborted();
      const outcomes = await Promise.allSettled(run.map((events) => appendTo(store, events)));
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw failureOf(outcome.reason);
      progress.advance(run.reduce((count, events) => count + events.length, 0));
    }
  }
}

async function appendTo(store: EventStore, append: Append): Promise<void> {
  const [{ stream, revision }] = append;
  const events = append.map(({ id, type, data, metadata }) => ({ id, type, data, metadata }));
  await store.append(stream, revision - 1, events);
}

function failureOf(reason: unknown): unknown {
  if (reason instanceof WrongExpectedRevision)
    return new Failure(`${reason.message}: somebody else writes to the store, or the archive lacks events`);
  if (reason instanceof OutcomeUnknown || reason instanceof StoreUnavailable)
    return new Failure(`${reason.message}: ${GO_ON}`);
  return reason;
}

function strange({ stream, revision, metadata }: StoredEvent, same: number): string {
  return (
    `the store has something else of ${metadata.tenant}: in ${stream}, revision ${revision}, which is not event ` +
    `${same + 1} of the archive. An archive is loaded into a store that has nothing of its tenants yet`
  );
}

function disordered(stranger: StoredEvent | undefined): string {
  const where = stranger === undefined ? 'it ends too early' : `${stranger.stream} stands where another event is due`;
  return `the store did not keep the order of the archive: ${where}. Load it into an empty store`;
}

/** All but the first so many events. */
async function* behind(
  groups: AsyncIterable<readonly ArchivedEvent[]>,
  count: number,
): AsyncGenerator<readonly ArchivedEvent[]> {
  let toSkip = count;
  for await (const events of groups) {
    const rest = events.slice(toSkip);
    toSkip -= events.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}
