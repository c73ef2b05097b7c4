import type { PublicEvent } from '@sillage/contracts';
import type { FeedBatch } from '@sillage/event-feed';

/**
 * Puts the batches of a feed together until they have so many events, as long as more is known to come: up to position
 * `to`, where what there is is given at once.
 */
export async function* gathered(
  batches: AsyncIterable<FeedBatch>,
  to: number,
  events: number,
): AsyncIterable<FeedBatch> {
  let waiting: PublicEvent[] = [];
  for await (const batch of batches) {
    waiting.push(...batch.events);
    if (waiting.length < events && batch.position < to) continue;
    yield { events: waiting, position: batch.position };
    waiting = [];
  }
}
