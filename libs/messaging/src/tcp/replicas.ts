import { lookup } from 'node:dns/promises';
import { Logger } from '@nestjs/common';
import { type Address, asText } from './address.js';
import type { Connection } from './connection.js';
import { MOST_UNDER_WAY } from './limits.js';
import { Replica } from './replica.js';

/** Milliseconds between looks at the name service, so that new replicas are found and old ones let go. */
const LOOK_EVERY = 5_000;

const logger = new Logger('Messages');

/** Every address behind a name; an address is its own. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const resolveByDns: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/** All replicas of one service, connected to at the same time; messages go round those that are up. */
export class Replicas {
  private readonly replicas = new Map<string, Replica>();
  private readonly waiting = new Set<() => void>();
  private readonly watch: NodeJS.Timeout;
  private turn = 0;
  private isClosed = false;

  constructor(
    private readonly service: string,
    private readonly addresses: readonly Address[],
    private readonly resolve: Resolve,
  ) {
    this.watch = setInterval(() => void this.look(), LOOK_EVERY);
    this.watch.unref();
    void this.look();
  }

  /** The connection for the next message: undefined when it is to wait for one, `full` when each has enough to do. */
  next(): Connection | 'full' | undefined {
    const open = [...this.replicas.values()].map(({ connection }) => connection).filter(({ isOpen }) => isOpen);
    if (open.length === 0) return this.waiting.size < MOST_UNDER_WAY ? undefined : 'full';
    const lively = open.filter(({ isSuspect }) => !isSuspect);
    const free = (lively.length > 0 ? lively : open).filter(({ hasRoom }) => hasRoom);
    this.turn += 1;
    return free[this.turn % free.length] ?? 'full';
  }

  /** Calls back when a connection opens. Gives what takes the wish back. */
  whenOpen(callBack: () => void): () => void {
    this.waiting.add(callBack);
    return () => this.waiting.delete(callBack);
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.watch);
    for (const replica of this.replicas.values()) replica.close();
  }

  /** A name that does not resolve now keeps what it stood for before. */
  private async look(): Promise<void> {
    const found = await Promise.all(this.addresses.map((address) => this.addressesBehind(address)));
    if (this.isClosed || found.includes(undefined)) return;
    const wanted = new Map(found.flatMap((list) => list ?? []).map((address) => [asText(address), address]));
    for (const [name, replica] of this.replicas) {
      replica.want(wanted.has(name));
      if (replica.isGone) this.replicas.delete(name);
    }
    for (const [name, address] of wanted) {
      if (!this.replicas.has(name)) this.replicas.set(name, this.join(address));
    }
  }

  private join(address: Address): Replica {
    return new Replica(address, {
      opened: () => {
        logger.log(`${this.service}: ${asText(address)} is there`);
        for (const callBack of [...this.waiting]) callBack();
      },
      lost: (reason, { isNews }) => {
        if (isNews && !this.isClosed) logger.warn(`${this.service} at ${reason}`);
        void this.look();
      },
    });
  }

  private async addressesBehind({ host, port }: Address): Promise<readonly Address[] | undefined> {
    try {
      return (await this.resolve(host)).map((ip) => ({ host: ip, port }));
    } catch (error) {
      logger.warn(`${this.service}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}
