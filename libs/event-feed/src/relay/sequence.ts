import type { PublicEvent } from '@sillage/contracts';

/** An event on its way into the topic. */
export interface SequencedEvent {
  readonly event: PublicEvent;
  readonly partition: number;
  /**
   * No event of the partition lies between this position and the event's own. Who has seen everything up to here, and
   * nobody else, misses nothing by reading the event next.
   */
  readonly previous: number;
}

/**
 * Gives each event its place behind the one before it in its partition, and leaves out what the partition has already.
 * Whoever appends what it gives, in order and each only when the one before is there, keeps this law, even while others
 * do the same from other places: an event's first copy in a partition comes behind the first copies of all events
 * before it. So a reader who skips what is not newer than what it has seen sees each event once and in order.
 */
export class Sequence {
  private readonly reached: number[];

  /**
   * @param partitionOf by tenant
   * @param reached for each partition, the position up to which it has had every event
   */
  constructor(
    private readonly partitionOf: (tenant: string) => number,
    reached: readonly number[],
  ) {
    this.reached = [...reached];
  }

  /** @param events the next of the log, in its order */
  next(events: readonly PublicEvent[]): readonly SequencedEvent[] {
    return events.flatMap((event) => {
      const partition = this.partitionOf(event.tenant);
      const previous = this.reached[partition];
      if (previous === undefined) throw new RangeError(`there is no partition ${partition}`);
      if (event.position <= previous) return [];
      this.reached[partition] = event.position;
      return [{ event, partition, previous }];
    });
  }
}
