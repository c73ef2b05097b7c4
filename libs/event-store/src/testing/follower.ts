import type { StoredEvent } from '@sillage/kernel';
import type { EventLog } from '../event-store.js';
import { eventually } from './eventually.js';

export interface FollowerOptions {
  readonly after: number;
  readonly tenant: string;
  readonly batchSize?: number;
  readonly isWanted?: (stream: string) => boolean;
}

/** Consumes a subscription in the background, and keeps the events of one tenant. */
export class Follower {
  readonly events: StoredEvent[] = [];
  /** Of each batch, with the events of all tenants. */
  readonly batchSizes: number[] = [];
  /** Of the last event given, whosever it is. */
  position: number | undefined;
  /** Settles when the subscription ends. */
  readonly ended: Promise<void>;
  readonly #abort = new AbortController();

  constructor(log: EventLog, options: FollowerOptions) {
    this.ended = this.#consume(log, options);
    // Whoever waits for the end sees an error; until then it is not unhandled.
    this.ended.catch(() => {});
  }

  /** Waits until so many events of the tenant have come. */
  async received(count: number): Promise<readonly StoredEvent[]> {
    await eventually(`a subscription gives ${count} events`, () => this.events.length >= count);
    return this.events;
  }

  /** Aborts the subscription and waits until it has ended. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.ended;
  }

  async #consume(log: EventLog, { tenant, batchSize = 100, ...options }: FollowerOptions): Promise<void> {
    for await (const batch of log.subscribe({ ...options, batchSize, signal: this.#abort.signal })) {
      this.batchSizes.push(batch.length);
      this.position = batch.at(-1)?.position;
      this.events.push(...batch.filter(({ metadata }) => metadata.tenant === tenant));
    }
  }
}
