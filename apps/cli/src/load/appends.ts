import type { ArchivedEvent } from '../archive/archived-event.js';

/** Events that go into a stream together: those that one command has led to. Never empty. */
export type Append = readonly [ArchivedEvent, ...ArchivedEvent[]];

/**
 * Gathers events into appends, in the same order and in about the same groups. What one command has appended is
 * appended together again, so that a reader never sees half a command, whenever a load is cut off.
 */
export async function* appendsOf(groups: AsyncIterable<readonly ArchivedEvent[]>): AsyncGenerator<readonly Append[]> {
  let open: Append | undefined;
  for await (const events of groups) {
    const finished: Append[] = [];
    for (const event of events) {
      if (open !== undefined && continues(open, event)) {
        open = [...open, event];
      } else {
        if (open !== undefined) finished.push(open);
        open = [event];
      }
    }
    if (finished.length > 0) yield finished;
  }
  if (open !== undefined) yield [open];
}

function continues([first, ...more]: Append, event: ArchivedEvent): boolean {
  return (
    event.stream === first.stream &&
    event.metadata.commandId === first.metadata.commandId &&
    event.revision === first.revision + more.length + 1
  );
}

/**
 * Cuts appends where a stream comes again: within a run, a store keeps the order of appends that are on their way at
 * once, see `Streams.append`.
 */
export function runsOf(appends: readonly Append[]): readonly (readonly Append[])[] {
  const runs: Append[][] = [];
  const streams = new Set<string>();
  for (const append of appends) {
    const [{ stream }] = append;
    const run = runs.at(-1);
    if (run === undefined || streams.has(stream)) {
      runs.push([append]);
      streams.clear();
    } else {
      run.push(append);
    }
    streams.add(stream);
  }
  return runs;
}
