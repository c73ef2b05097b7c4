import type { PublicEvent } from '@sillage/contracts';
import type { FeedBatch } from '@sillage/event-feed';
import { isJsonObject, type JsonValue } from '@sillage/kernel';

/** The most that is folded and written at once. */
export interface Bounds {
  readonly events: number;
  /** Estimated, of the events' JSON. */
  readonly bytes: number;
}

/**
 * Some fifty milliseconds of work: queries wait no longer for their turn on the thread, and what a batch costs beyond its
 * events is spread over enough of them.
 */
export const DEFAULT_BOUNDS: Bounds = { events: 500, bytes: 2_000_000 };

/**
 * Cuts what a feed gave into stretches within the bounds, leaving out events at or below the checkpoint: those were
 * delivered again. Pure. Gives at least one stretch when the batch goes beyond the checkpoint.
 */
export function* stretches(batch: FeedBatch, checkpoint: number, bounds: Bounds): Generator<FeedBatch> {
  let events: PublicEvent[] = [];
  let [bytes, reached] = [0, checkpoint];
  for (const event of batch.events) {
    if (event.position <= reached) continue;
    const size = estimatedBytes(event);
    if (events.length >= bounds.events || (events.length > 0 && bytes + size > bounds.bytes)) {
      yield { events, position: reached };
      [events, bytes] = [[], 0];
    }
    events.push(event);
    bytes += size;
    reached = event.position;
  }
  const position = Math.max(batch.position, reached);
  if (events.length > 0 || position > checkpoint) yield { events, position };
}

const ENVELOPE_BYTES = 600;
const MEMBER_BYTES = 24;

/** Near enough for a bound, at a small part of what encoding the event would cost. */
function estimatedBytes({ data }: PublicEvent): number {
  return ENVELOPE_BYTES + sizeOf(data?.record);
}

function sizeOf(value: JsonValue | undefined): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce<number>((size, item) => size + sizeOf(item), 0);
  if (!isJsonObject(value)) return 0;
  let size = 0;
  for (const name in value) size += MEMBER_BYTES + sizeOf(value[name]);
  return size;
}
