import type { EventLog } from '@sillage/event-store';
import type { EventFeed, FeedBatch, FeedOptions } from '../event-feed.js';
import type { Publisher } from '../publisher.js';

const BATCH_SIZE = 500;

/** Feeds the read side straight from the store's own log. */
export class LogEventFeed implements EventFeed {
  /** @param isFed which tenants' events it gives; all unless given */
  constructor(
    private readonly log: Pick<EventLog, 'subscribe' | 'head'>,
    private readonly publisher: Publisher,
    private readonly isFed: (tenant: string) => boolean = () => true,
  ) {}

  async *follow({ after, signal }: FeedOptions): AsyncIterable<FeedBatch> {
    const isWanted = (stream: string) => this.publisher.isPublic(stream);
    for await (const stored of this.log.subscribe({ after, batchSize: BATCH_SIZE, signal, isWanted })) {
      const last = stored.at(-1);
      if (last === undefined) continue;
      const fed = stored.filter(({ metadata }) => this.isFed(metadata.tenant));
      yield { events: await this.publisher.publish(fed), position: last.position };
    }
  }

  head(): Promise<number> {
    return this.log.head();
  }
}
