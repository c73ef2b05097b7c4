import type { Address } from './address.js';
import { Connection } from './connection.js';

/** Milliseconds before the first and the last attempts to connect again; in between they double. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 1_000;

export interface ReplicaEvents {
  readonly opened: () => void;
  /** It was there and is no more, or, with `isNews` false, is still not there. */
  readonly lost: (reason: string, about: { readonly isNews: boolean }) => void;
}

/** One replica of a service, connected to again and again for as long as it is wanted. */
export class Replica {
  private current: Connection;
  private retry: NodeJS.Timeout | undefined;
  private failures = 0;
  private isWanted = true;

  constructor(
    readonly address: Address,
    private readonly events: ReplicaEvents,
  ) {
    this.current = this.connect();
  }

  get connection(): Connection {
    return this.current;
  }

  /** Nobody wants it, and its connection has ended. */
  get isGone(): boolean {
    return !this.isWanted && this.current.isClosed;
  }

  /** Says whether it is listed: one that is not serves for as long as its connection lasts. */
  want(isWanted: boolean): void {
    this.isWanted = isWanted;
    if (isWanted || this.retry === undefined) return;
    clearTimeout(this.retry);
    this.retry = undefined;
  }

  /** Ends the connection; what is under way on it is interrupted. */
  close(): void {
    this.want(false);
    this.current.close('it was closed');
  }

  private connect(): Connection {
    return new Connection(this.address, {
      opened: () => {
        this.failures = 0;
        this.events.opened();
      },
      closed: (reason) => this.lose(reason),
    });
  }

  private lose(reason: string): void {
    const isNews = this.failures === 0;
    this.failures += 1;
    if (this.isWanted) this.connectLater();
    this.events.lost(reason, { isNews });
  }

  private connectLater(): void {
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (this.failures - 1));
    const again = () => {
      this.retry = undefined;
      this.current = this.connect();
    };
    // Half of it at random, so that clients which lost a service together do not come back together.
    this.retry = setTimeout(again, pause * (0.5 + Math.random() / 2));
    this.retry.unref();
  }
}
