import type { Lag } from '../lag.js';
import { timeOf } from './event-message.js';
import type { EventsTopic } from './events-topic.js';
import type { PartitionCursor } from './partition-cursor.js';

/** Milliseconds to wait for the oldest record that waits: whoever watches asks again soon. */
const TIME_TO_PEEK = 3_000;

/** How far the reader of a partition is behind its end. What it must still take from the store is not counted. */
export async function partitionLag(
  topic: Pick<EventsTopic, 'bounds'>,
  partition: number,
  cursor: Pick<PartitionCursor, 'offset' | 'waiting'>,
): Promise<Lag> {
  const { low, high } = (await topic.bounds()).get(partition) ?? { low: 0n, high: 0n };
  const next = cursor.offset > low ? cursor.offset : low;
  if (next >= high) return { events: 0, seconds: 0 };
  const oldest = await cursor.waiting(AbortSignal.timeout(TIME_TO_PEEK));
  const happened = (oldest && timeOf(oldest)) ?? Date.now();
  return { events: Number(high - next), seconds: Math.max(0, Date.now() - happened) / 1_000 };
}
