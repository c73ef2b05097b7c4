import { setTimeout } from 'node:timers/promises';
import type { EventFeed, Lag } from '@sillage/event-feed';
import { type Project, Projector, type ProjectorNotice, StoredProgress } from '@sillage/reporting';
import type { ViewStore } from '@sillage/view-store';

/** A partition of the log that this process has been given, for as long as the signal is not aborted. */
export interface Partition {
  readonly partition: number;
  readonly feed: EventFeed;
  readonly lag: () => Promise<Lag>;
  readonly signal: AbortSignal;
}

export interface PartitionedLog {
  readonly partitions: number;
  /** Every public event up to here has been where the partitions' events come from. */
  readonly relayed: () => Promise<number>;
  /** Shares the partitions with the processes that project the same generation, until it leaves. */
  readonly join: (
    generation: number,
    work: (partition: Partition) => Promise<void>,
  ) => Promise<{ leave(): Promise<void> }>;
  /** Told of the size of each batch, in events. */
  readonly onBatch: (events: number) => void;
  readonly log: (notice: ProjectorNotice) => void;
}

/** Milliseconds between two looks at whether new views have caught up. */
const LOOK_EVERY = 250;

/** The projectors of one process: one for each partition that it is given. */
export class PartitionProjectors {
  /** Of the partitions that are being projected here. */
  private readonly lags = new Set<() => Promise<Lag>>();

  constructor(private readonly log: PartitionedLog) {}

  readonly project: Project = async (store, generation) => {
    const target = await this.log.relayed();
    const halting = new AbortController();
    const membership = await this.log.join(generation, (partition) => this.work(store, partition));
    const halt = () => {
      halting.abort();
      return membership.leave();
    };
    return { progress: new StoredProgress(store), caughtUp: this.reach(store, target, halting.signal), halt };
  };

  /** How far the partitions of this process are behind, together; the oldest event that waits is that of any. */
  async lag(): Promise<Lag> {
    const lags = await Promise.all([...this.lags].map((ask) => ask()));
    return {
      events: lags.reduce((sum, { events }) => sum + events, 0),
      seconds: Math.max(0, ...lags.map(({ seconds }) => seconds)),
    };
  }

  private async work(store: ViewStore, { partition, feed, lag, signal }: Partition): Promise<void> {
    const { log, onBatch } = this.log;
    this.lags.add(lag);
    try {
      await new Projector({ feed: measured(feed, onBatch), store, partition, log }).run(signal);
    } finally {
      this.lags.delete(lag);
    }
  }

  /** Resolves once every partition is there, whichever process projects it. */
  private async reach(store: ViewStore, position: number, signal: AbortSignal): Promise<void> {
    const partitions = Array.from({ length: this.log.partitions }, (_, partition) => partition);
    while (!signal.aborted) {
      // Where the store does not answer, whoever reads is told; here it is asked again.
      const checkpoints = await Promise.all(partitions.map((number) => store.checkpoint(number))).catch(() => []);
      const isThere = checkpoints.length > 0 && checkpoints.every((checkpoint) => checkpoint >= position);
      if (isThere) return;
      await setTimeout(LOOK_EVERY, undefined, { ref: false });
    }
    await new Promise(() => {});
  }
}

/** The same feed, telling of each batch that is taken. */
function measured(feed: EventFeed, onBatch: (events: number) => void): EventFeed {
  return {
    async *follow(options) {
      for await (const batch of feed.follow(options)) {
        onBatch(batch.events.length);
        yield batch;
      }
    },
    head: () => feed.head(),
  };
}
