import { newId } from '@sillage/kernel';
import { partitionOf } from '../../kafka/partition-of.js';
import type { RelayTopic, TopicProducer } from '../relay-topic.js';
import type { SequencedEvent } from '../sequence.js';

/** What may become of a send that fails: nobody is told whether it was carried out. */
type Failure = 'not sent' | 'half sent' | 'sent';

/** A topic in memory that several relays may write to, and that fails on demand. */
export class TopicInMemory implements RelayTopic {
  readonly records: SequencedEvent[][];
  readonly failures: Failure[] = [];
  /** Milliseconds. */
  sendTakes = 0;
  atOnce = 0;
  mostAtOnce = 0;
  private readonly given = new AbortController();

  constructor(
    readonly partitions: number,
    readonly name = `test-${newId()}`,
  ) {
    this.records = Array.from({ length: partitions }, () => []);
  }

  partitionOf(tenant: string): number {
    return partitionOf(tenant, this.partitions);
  }

  async lastPositions(): Promise<readonly (number | undefined)[]> {
    return this.records.map((records) => records.at(-1)?.event.position);
  }

  async openProducer(): Promise<TopicProducer> {
    return { send: (events) => this.send(events), close: async () => {} };
  }

  /** In the order of the records, repeats included. */
  positions(tenant: string): number[] {
    const records = this.records[this.partitionOf(tenant)] ?? [];
    return records.filter(({ event }) => event.tenant === tenant).map(({ event }) => event.position);
  }

  /** Ends the sends under way. */
  giveUp(): void {
    this.given.abort(new Error('given up'));
  }

  private async send(events: readonly SequencedEvent[]): Promise<void> {
    if (events.length === 0) return;
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    try {
      await this.pass();
      const failure = this.failures.shift();
      const carriedOut = { 'not sent': 0, 'half sent': Math.ceil(events.length / 2), sent: events.length };
      for (const event of events.slice(0, failure && carriedOut[failure])) this.records[event.partition]?.push(event);
      if (failure !== undefined) throw new Error(failure);
    } finally {
      this.atOnce -= 1;
    }
  }

  private pass(): Promise<void> {
    return new Promise((resolve, reject) => {
      const { signal } = this.given;
      setTimeout(resolve, this.sendTakes).unref();
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  }
}
