import type { SequencedEvent } from './sequence.js';

/** The topic as the relay sees it. */
export interface RelayTopic {
  readonly name: string;
  readonly partitions: number;
  partitionOf(tenant: string): number;

  /** The position in the last record of each partition; undefined where there is no record. */
  lastPositions(): Promise<readonly (number | undefined)[]>;

  openProducer(): Promise<TopicProducer>;
}

export interface TopicProducer {
  /**
   * Appends events to their partitions, in order, and resolves when all are there for good. To be awaited before the next
   * call. After a failure nobody knows which are there: go on with a new producer, behind the last positions.
   */
  send(events: readonly SequencedEvent[]): Promise<void>;
  close(): Promise<void>;
}
