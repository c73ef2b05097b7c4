import type { EventLog, EventStore } from '@sillage/event-store';
import { derivedId, type NewEvent, NO_STREAM, newId, type StoredEvent } from '@sillage/kernel';
import type { RelayTopic } from './relay-topic.js';

/** Owns the relay's streams; no tenant's events are in them, and nothing of them is public. */
const TENANT = 'sillage';

const ADVANCED = 'RelayAdvanced';

/** How far the relay of a topic has come. */
export interface RelayCheckpoint {
  /** Every public event up to here has been in the topic. */
  readonly position: number;
  /** How many partitions the topic has; 0 before the relay has ever run. */
  readonly partitions: number;
}

/** Reads how far the relay of a topic has come, as it has last written. */
export async function readRelayCheckpoint(log: Pick<EventLog, 'readLast'>, topic: string): Promise<RelayCheckpoint> {
  return checkpointOf(await log.readLast(streamOf(topic)));
}

/** The right to advance the checkpoint, which whoever claims it next takes away. */
export class ClaimedCheckpoint {
  private constructor(
    private readonly store: Pick<EventStore, 'append'>,
    private readonly topic: string,
    private readonly now: () => number,
    /** What was there when it was claimed. */
    readonly before: RelayCheckpoint,
    private readonly partitions: number,
    private revision: number,
  ) {}

  /** Takes the checkpoint over from whoever had it. */
  static async claim(
    store: Pick<EventStore, 'append' | 'readLast' | 'keepLast'>,
    { name, partitions }: Pick<RelayTopic, 'name' | 'partitions'>,
    now: () => number,
  ): Promise<ClaimedCheckpoint> {
    const last = await store.readLast(streamOf(name));
    const before = checkpointOf(last);
    requireSamePartitions(before, { name, partitions });
    const claimed = new ClaimedCheckpoint(store, name, now, before, partitions, last?.revision ?? NO_STREAM);
    await claimed.advance(before.position);
    // Only the latest note counts: without this a relay adds some three million a year to its stream.
    await store.keepLast(streamOf(name), 1);
    return claimed;
  }

  /**
   * @throws WrongExpectedRevision when another relay has claimed it since; OutcomeUnknown, StoreUnavailable. After any of
   * these it can only be claimed anew.
   */
  async advance(position: number): Promise<void> {
    const event = advanced({ position, partitions: this.partitions }, new Date(this.now()).toISOString());
    const { revision } = await this.store.append(streamOf(this.topic), this.revision, [event]);
    this.revision = revision;
  }
}

/** @throws PartitionsChanged */
export function requireSamePartitions(
  before: RelayCheckpoint,
  { name, partitions }: Pick<RelayTopic, 'name' | 'partitions'>,
): void {
  if (before.partitions !== 0 && before.partitions !== partitions)
    throw new PartitionsChanged(name, before, partitions);
}

/** With another number of partitions tenants would change theirs, and a tenant's events would no longer be in order. */
export class PartitionsChanged extends Error {
  constructor(topic: string, before: RelayCheckpoint, partitions: number) {
    super(
      `topic ${topic} has ${partitions} partitions where it had ${before.partitions}: tenants would change their ` +
        'partition; use a new topic',
    );
    this.name = 'PartitionsChanged';
  }
}

const STREAMS = 'relay-';

function streamOf(topic: string): string {
  return `${STREAMS}${TENANT}.${topic}`;
}

/** Whether a stream holds a relay's checkpoints, which are positions of the store that it is in. */
export function isOfRelay(stream: string): boolean {
  return stream.startsWith(STREAMS);
}

function checkpointOf(event: StoredEvent | undefined): RelayCheckpoint {
  return { position: Number(event?.data.position ?? 0), partitions: Number(event?.data.partitions ?? 0) };
}

function advanced({ position, partitions }: RelayCheckpoint, at: string): NewEvent {
  const id = newId();
  const commandId = derivedId('relay', id);
  const metadata = { tenant: TENANT, actor: 'relay', at, commandId, correlationId: commandId, causationId: commandId };
  return { id, type: ADVANCED, data: { position, partitions }, metadata: { ...metadata, version: 1 } };
}
