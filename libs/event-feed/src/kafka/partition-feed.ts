import type { KafkaMessage } from 'kafkajs';
import type { EventFeed, FeedBatch, FeedOptions } from '../event-feed.js';
import { placeOf } from './event-message.js';
import type { EventsTopic, PartitionBounds } from './events-topic.js';
import type { PartitionCursor } from './partition-cursor.js';
import { sift } from './sift.js';

export interface PartitionFeedOptions {
  readonly topic: EventsTopic;
  readonly partition: number;
  readonly groupId: string;
  readonly cursor: PartitionCursor;
  /** The events of this partition's tenants, from the store. */
  readonly history: EventFeed;
  /** Every event up to here has been in the topic, as the relay has last written. */
  readonly relayed: () => Promise<number>;
  /** Called with the offsets of messages that are no events of ours. */
  readonly onUnreadable: (offsets: readonly string[]) => void;
}

/** Milliseconds to wait for the last record of a partition. */
const TIME_TO_PEEK = 10_000;

interface Start {
  /** Of the first record to read. */
  readonly offset: bigint;
  /** What there is up to here is taken from the store before. */
  readonly upTo: number;
  /** Every event up to here is in the records before `end`, or was. */
  readonly relayed: number;
  readonly end: bigint;
}

/**
 * The events of one partition: from Kafka what it has, from the store what it has no more. One at a time can follow it.
 * Once through with what was in the topic when it began, it tells the position that the relay had come to by then: so
 * also a partition without events of late is known to be up to date.
 */
export class PartitionFeed implements EventFeed {
  private isFollowed = false;

  constructor(private readonly options: PartitionFeedOptions) {}

  async *follow({ after, signal }: FeedOptions): AsyncIterable<FeedBatch> {
    const { cursor, onUnreadable, partition } = this.options;
    if (this.isFollowed) throw new Error(`partition ${partition} is already being followed`);
    this.isFollowed = true;
    try {
      let reached = after;
      const start = await this.start(after);
      for await (const batch of this.fill(reached, start.upTo, signal)) {
        reached = batch.position;
        yield batch;
      }
      cursor.seek(start.offset);
      for (;;) {
        const messages = await cursor.next({ reached, signal });
        if (messages.length === 0) return;
        const { events, reached: sifted, gap, unreadable } = sift(messages, reached);
        if (unreadable.length > 0) onUnreadable(unreadable);
        const isThrough = gap === undefined && offsetBehind(messages) >= start.end;
        const position = isThrough ? Math.max(sifted, start.relayed) : sifted;
        const isBeyond = position > reached;
        reached = position;
        if (isBeyond) yield { events, position };
        if (gap === undefined) continue;
        // Filling may take long: other partitions must not wait for the messages in hand.
        cursor.rest();
        for await (const batch of this.fill(reached, gap.upTo, signal)) {
          reached = batch.position;
          yield batch;
        }
        cursor.seek(BigInt(gap.offset));
      }
    } finally {
      cursor.rest();
      this.isFollowed = false;
    }
  }

  /** The position in the last record of the partition; where it has none, that up to which the relay has come. */
  async head(): Promise<number> {
    const { topic, partition, cursor, relayed } = this.options;
    const { low, high } = await boundsOf(topic, partition);
    if (low === high) return relayed();
    const last = await cursor.peek(high - 1n, AbortSignal.timeout(TIME_TO_PEEK));
    return positionIn(last) ?? relayed();
  }

  /**
   * Where to begin: at the group's bookmark unless it is ahead of the reader or gone, else at the oldest record; with one
   * record at least, which tells whether something is missing before it. Where the partition is empty (its records were
   * too old, or the topic was lost) no record will, so what has ever been in it is taken from the store first.
   */
  private async start(after: number): Promise<Start> {
    const { topic, partition, groupId, relayed: askRelay } = this.options;
    const bookmark = await topic.bookmark(groupId, partition);
    // Asked for before the bounds: what is relayed in between is then in the topic.
    const relayed = await askRelay();
    const { low, high: end } = await boundsOf(topic, partition);
    if (low === end) return { offset: end, upTo: relayed, relayed, end };
    const isOfUse = bookmark !== undefined && bookmark.position <= after && bookmark.offset >= low;
    if (!isOfUse || bookmark.offset > end) return { offset: low, upTo: after, relayed, end };
    return { offset: bookmark.offset < end ? bookmark.offset : end - 1n, upTo: after, relayed, end };
  }

  /** What the store has behind one position, up to another one at least. */
  private async *fill(after: number, upTo: number, signal: AbortSignal): AsyncIterable<FeedBatch> {
    if (after >= upTo) return;
    for await (const batch of this.options.history.follow({ after, signal })) {
      yield batch;
      if (batch.position >= upTo) return;
    }
  }
}

/** Offset behind the last of some messages. */
function offsetBehind(messages: readonly KafkaMessage[]): bigint {
  return BigInt(messages.at(-1)?.offset ?? -1) + 1n;
}

async function boundsOf(topic: EventsTopic, partition: number): Promise<PartitionBounds> {
  const bounds = (await topic.bounds()).get(partition);
  if (bounds === undefined) throw new RangeError(`topic ${topic.name} has no partition ${partition}`);
  return bounds;
}

export function positionIn(message: KafkaMessage | undefined): number | undefined {
  return message === undefined ? undefined : placeOf(message)?.position;
}
