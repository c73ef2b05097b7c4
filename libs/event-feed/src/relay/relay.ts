import type { EventStore } from '@sillage/event-store';
import type { StoredEvent } from '@sillage/kernel';
import type { Lag } from '../lag.js';
import type { Publisher } from '../publisher.js';
import { type BackOff, type Setback, steadily } from '../steadily.js';
import { type CheckpointPace, LaggingCheckpoint } from './lagging-checkpoint.js';
import { ClaimedCheckpoint, readRelayCheckpoint } from './relay-checkpoint.js';
import { relayLag } from './relay-lag.js';
import type { RelayTopic, TopicProducer } from './relay-topic.js';
import { Sequence } from './sequence.js';

export interface RelayOptions {
  readonly store: EventStore;
  readonly publisher: Publisher;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  readonly tell: (setback: Setback) => void;
  readonly pace?: CheckpointPace;
  readonly backOff?: BackOff;
}

const PACE = { events: 10_000, milliseconds: 10_000 };

/** Stored events that are read, folded and sent together. */
const BATCH_SIZE = 500;

/** Carries the store's events into the topic, each tenant's in the store's order, each at least once. */
export class Relay {
  /** Position up to which all has been relayed; undefined while this relay does not relay. */
  private position: number | undefined;
  private relayed = { events: 0, distance: 0 };

  constructor(private readonly options: RelayOptions) {}

  /** What waits in the store; while another relay is active, by what that one has last noted. */
  async lag({ name }: Pick<RelayTopic, 'name'>): Promise<Lag> {
    const { store, publisher, now } = this.options;
    const position = this.position ?? (await readRelayCheckpoint(store, name)).position;
    const { events, distance } = this.relayed;
    const meanDistance = events === 0 ? 1 : distance / events;
    return relayLag(store, publisher, { position, meanDistance }, now());
  }

  /**
   * Relays until aborted; resolves then, with everything it began to send acknowledged or given up. Whatever fails (the
   * store, the topic, another relay that has taken over) is told, and followed by a new start from what the topic holds.
   */
  async run(topic: RelayTopic, signal: AbortSignal): Promise<void> {
    const { tell, backOff } = this.options;
    await steadily({ signal, tell, backOff, work: (reached) => this.session(topic, signal, reached) });
  }

  private async session(topic: RelayTopic, signal: AbortSignal, reached: (position: number) => void): Promise<void> {
    const { store, now, pace = PACE } = this.options;
    const claimed = await ClaimedCheckpoint.claim(store, topic, now);
    const last = await topic.lastPositions();
    const after = claimed.before.position;
    const sequence = new Sequence(
      (tenant) => topic.partitionOf(tenant),
      last.map((position = 0) => Math.max(position, after)),
    );
    const failure = new AbortController();
    const producer = await topic.openProducer();
    const checkpoint = new LaggingCheckpoint(claimed, pace, (error) => failure.abort(error));
    this.position = after;
    try {
      await this.carry({ after, sequence, producer, failure, signal }, (position, events) => {
        this.advance(position, events);
        checkpoint.reach(position, events);
        reached(position);
      });
    } finally {
      this.position = undefined;
      await checkpoint.close();
      await producer.close();
    }
    failure.signal.throwIfAborted();
  }

  /** Sends one batch while it prepares the next; never two at once. */
  private async carry(
    { after, sequence, producer, failure, signal }: Stretch,
    acknowledged: (position: number, events: number) => void,
  ): Promise<void> {
    const { store, publisher } = this.options;
    const ended = AbortSignal.any([signal, failure.signal]);
    const isWanted = (stream: string) => publisher.isPublic(stream);
    let sending = Promise.resolve();
    for await (const stored of store.subscribe({ after, batchSize: BATCH_SIZE, signal: ended, isWanted })) {
      const events = sequence.next(await publisher.publish(stored));
      await sending;
      if (ended.aborted) return;
      // A failure must end the subscription, which may be waiting for an event that is long in coming.
      sending = producer
        .send(events)
        .then(() => acknowledged(positionOf(stored), events.length))
        .catch((error: unknown) => failure.abort(error));
    }
    await sending;
  }

  private advance(position: number, events: number): void {
    this.relayed.events += events;
    this.relayed.distance += position - (this.position ?? position);
    this.position = position;
  }
}

interface Stretch {
  readonly after: number;
  readonly sequence: Sequence;
  readonly producer: TopicProducer;
  /** Aborted with what has failed. */
  readonly failure: AbortController;
  readonly signal: AbortSignal;
}

function positionOf(stored: readonly StoredEvent[]): number {
  return stored.at(-1)?.position ?? 0;
}
