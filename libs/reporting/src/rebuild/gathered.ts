import type { PublicEvent } from '@sillage/contracts';
import type { FeedBatch } from '@sillage/event-feed';

/**
 * Puts the batches of a feed together and cuts them anew, so that each has exactly so many events, as long as more is
 * known to come: up to position `to`, where what there is is given at once.
 */
export async function* gathered(
  batches: AsyncIterable<FeedBatch>,
  to: number,
  events: number,
): AsyncIterable<FeedBatch> {
  let waiting: readonly PublicEvent[] = [];
  for await (const batch of batches) {
    waiting = [...waiting, ...batch.events];
    for (; waiting.length >= events; waiting = waiting.slice(events)) {
      const full = waiting.slice(0, events);
      yield { events: full, position: full.at(-1)?.position ?? batch.position };
    }
    if (batch.position < to) continue;
    yield { events: waiting, position: batch.position };
    waiting = [];
  }
}
