import type { NewEvent } from '../events.js';
import { Problem } from '../problem.js';
import {
  type Appended,
  AppendTooLarge,
  MOST_APPENDED_BYTES,
  OutcomeUnknown,
  type Streams,
  WrongExpectedRevision,
} from '../streams.js';

/**
 * Appends, and asks again with the same event ids for as long as the outcome is unknown: anything else could store
 * twice. Undefined when the stream has moved on.
 * @throws Problem `store-unavailable` when the deadline (milliseconds since 1970) has passed without an outcome,
 * `change-too-large` when the events do not fit into one append.
 */
export async function appendOnce(
  streams: Streams,
  to: { readonly stream: string; readonly expected: number; readonly deadline: number; readonly now: () => number },
  events: readonly NewEvent[],
): Promise<Appended | undefined> {
  for (;;) {
    try {
      return await streams.append(to.stream, to.expected, events);
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return undefined;
      if (error instanceof AppendTooLarge) {
        throw new Problem('change-too-large', { params: { limit: MOST_APPENDED_BYTES } });
      }
      if (!(error instanceof OutcomeUnknown)) throw error;
      if (to.now() >= to.deadline) throw new Problem('store-unavailable');
    }
  }
}
