import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { beatingUntil } from './heartbeats.js';

/** Milliseconds. */
const BOOKMARK_EVERY = 5_000;

/** Messages that a reader works on. */
interface Batch {
  readonly first: KafkaMessage;
  /** Offset behind the last of them. */
  readonly end: bigint;
  /** @param reached given when the reader has come back for more, see Pull */
  readonly finished: (reached?: number) => void;
}

export interface Pull {
  /** The position that the reader has reached, with the messages given before and whatever else. */
  readonly reached: number;
  readonly signal: AbortSignal;
}

/** A record to be read out of turn. */
interface Peek {
  readonly offset: bigint;
  readonly found: (messages: readonly KafkaMessage[]) => void;
}

/**
 * Lets a reader pull the messages of one partition out of kafkajs, which pushes. One batch is handed out at a time, and
 * kafkajs's handler for it lasts until the reader comes back for more: so the reader sets the pace, nothing is kept
 * waiting in memory, and a rebalance can wait for the batch in hand. Nothing is fetched while nobody reads.
 *
 * Belongs to one generation of the group; when the signal says that it is over, nothing more comes of it.
 */
export class PartitionCursor {
  private position = 0n;
  private isRead = false;
  private take: ((messages: readonly KafkaMessage[]) => void) | undefined;
  private inHand: Batch | undefined;
  private readonly peeks: Peek[] = [];
  private nextBookmark = 0;

  constructor(
    private readonly consumer: Pick<Consumer, 'seek' | 'pause' | 'resume'>,
    private readonly topic: string,
    private readonly partition: number,
    private readonly generation: AbortSignal,
  ) {}

  /** Of the first message that the reader is not done with. */
  get offset(): bigint {
    return this.position;
  }

  /** The first message that the reader is not done with; undefined when there is none, or none comes until aborted. */
  async waiting(signal: AbortSignal): Promise<KafkaMessage | undefined> {
    return this.inHand?.first ?? this.peek(this.position, signal);
  }

  /** Begins to read at an offset. */
  seek(offset: bigint): void {
    this.finish();
    this.position = offset;
    this.isRead = true;
    this.steer();
  }

  /** The next messages, at least one; none once the signal is aborted. The ones given before count as done with. */
  async next({ reached, signal }: Pull): Promise<readonly KafkaMessage[]> {
    this.finish(reached);
    const ended = AbortSignal.any([signal, this.generation]);
    if (ended.aborted) return [];
    const { promise, resolve } = Promise.withResolvers<readonly KafkaMessage[]>();
    const end = () => resolve([]);
    ended.addEventListener('abort', end);
    this.take = resolve;
    const messages = await promise;
    ended.removeEventListener('abort', end);
    this.take = undefined;
    return messages;
  }

  /** Stops reading: the messages in hand are done with, or given back. */
  rest(): void {
    this.finish();
    this.isRead = false;
    this.steer();
  }

  /** The message at an offset, or the first one behind it, read beside whatever is being read. */
  async peek(offset: bigint, signal: AbortSignal): Promise<KafkaMessage | undefined> {
    const ended = AbortSignal.any([signal, this.generation]);
    ended.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<readonly KafkaMessage[]>();
    const peek = { offset, found: resolve };
    const end = () => {
      this.peeks.splice(this.peeks.indexOf(peek), 1);
      this.steer();
      reject(ended.reason);
    };
    this.peeks.push(peek);
    this.steer();
    ended.addEventListener('abort', end);
    const messages = await promise;
    ended.removeEventListener('abort', end);
    return messages.find((message) => BigInt(message.offset) >= offset);
  }

  /** kafkajs's handler of a batch. @throws what a heartbeat throws, such as that the group rebalances */
  async deliver(payload: EachBatchPayload): Promise<void> {
    const { batch, heartbeat, isStale, resolveOffset } = payload;
    if (isStale() || this.generation.aborted) return;
    const peek = this.peeks.shift();
    if (peek !== undefined) {
      peek.found(batch.messages);
      this.steer();
      return;
    }
    const [first] = batch.messages;
    if (this.take === undefined || first === undefined) return;
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    this.inHand = { first, end: BigInt(batch.lastOffset()) + 1n, finished: resolve };
    this.take(batch.messages);
    this.take = undefined;
    const reached = await beatingUntil(promise, heartbeat);
    if (isStale() || reached === undefined) return;
    resolveOffset(batch.lastOffset());
    await this.bookmark(payload, reached);
  }

  /** Notes now and then where to go on. */
  private async bookmark({ batch, commitOffsetsIfNecessary }: EachBatchPayload, reached: number): Promise<void> {
    if (performance.now() < this.nextBookmark) return;
    this.nextBookmark = performance.now() + BOOKMARK_EVERY;
    const offset = String(BigInt(batch.lastOffset()) + 1n);
    const partitions = [{ partition: this.partition, offset, metadata: String(reached) }];
    await commitOffsetsIfNecessary({ topics: [{ topic: this.topic, partitions }] });
  }

  private finish(reached?: number): void {
    if (this.inHand === undefined) return;
    const { end, finished } = this.inHand;
    this.inHand = undefined;
    this.position = end;
    finished(reached);
  }

  /** Says to kafkajs what to fetch next, if anything. */
  private steer(): void {
    if (this.generation.aborted) return;
    const { topic, partition } = this;
    const wanted = this.peeks[0]?.offset ?? (this.isRead ? this.position : undefined);
    if (wanted === undefined) {
      this.consumer.pause([{ topic, partitions: [partition] }]);
    } else {
      this.consumer.seek({ topic, partition, offset: String(wanted) });
      this.consumer.resume([{ topic, partitions: [partition] }]);
    }
  }
}
