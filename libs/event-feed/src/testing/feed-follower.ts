import type { PublicEvent } from '@sillage/contracts';
import { eventually } from '@sillage/event-store/testing';
import type { EventFeed, FeedBatch } from '../event-feed.js';

/** Follows a feed in the background, and keeps what it gives of one tenant. */
export class FeedFollower {
  readonly events: PublicEvent[] = [];
  readonly positions: number[] = [];
  /** Settles when the feed ends. */
  readonly ended: Promise<void>;
  private readonly abort = new AbortController();

  /** @param onBatch what it does with each batch before it asks for the next */
  constructor(
    feed: EventFeed,
    private readonly tenant: string,
    after: number,
    private readonly onBatch: (batch: FeedBatch) => Promise<void> = async () => {},
  ) {
    this.ended = this.follow(feed, after);
    // Whoever waits for the end sees an error; until then it is not unhandled.
    this.ended.catch(() => {});
  }

  /** Waits until so many events of the tenant have come. */
  async received(count: number): Promise<readonly PublicEvent[]> {
    await eventually(`a feed gives ${count} events`, () => this.events.length >= count);
    return this.events;
  }

  async reached(position: number): Promise<void> {
    await eventually(`a feed reaches ${position}`, () => (this.positions.at(-1) ?? 0) >= position);
  }

  /** Aborts the feed and waits until it has ended. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.ended;
  }

  private async follow(feed: EventFeed, after: number): Promise<void> {
    for await (const batch of feed.follow({ after, signal: this.abort.signal })) {
      this.positions.push(batch.position);
      this.events.push(...batch.events.filter(({ tenant }) => tenant === this.tenant));
      await this.onBatch(batch);
    }
  }
}
