import type { StoredEvent } from '@sillage/kernel';

/** Something in the log that must not be. */
export interface LogFault {
  readonly position: number;
  readonly stream: string;
  readonly what: string;
}

/**
 * Checks the invariants of a log, event by event in its order: positions grow, the revisions of a stream are contiguous
 * from 0 (where nothing was to be forgotten), no event id comes twice, and no command has events in two records. Holds some 200 bytes an event.
 */
export class LogCheck {
  private readonly revisions = new Map<string, number>();
  private readonly ids = new Set<string>();
  private readonly streamsOfCommands = new Map<string, string>();
  private position = 0;
  private count = 0;

  /** How many events were checked. */
  get events(): number {
    return this.count;
  }

  /** What is wrong with the next event. */
  check({ id, stream, revision, position, metadata }: StoredEvent): readonly LogFault[] {
    const expected = (this.revisions.get(stream) ?? this.beforeFirst(stream, revision)) + 1;
    const owner = this.ownerOf(metadata.commandId, stream);
    const wrong = [
      position <= this.position && `position ${position} comes after ${this.position}`,
      revision !== expected && `revision ${revision} stands where ${expected} is due`,
      this.ids.has(id) && `event id ${id} comes twice`,
      owner !== stream && `command ${metadata.commandId} has events in ${owner} too`,
    ].filter((fault) => fault !== false);
    this.count += 1;
    this.position = Math.max(this.position, position);
    this.revisions.set(stream, revision);
    this.ids.add(id);
    return wrong.map((what) => ({ position, stream, what }));
  }

  /** The relay's notes are the one stream of which the store may have forgotten the first events. */
  private beforeFirst(stream: string, revision: number): number {
    return stream.startsWith('relay-') ? revision - 1 : -1;
  }

  /** The record that a command has events in. Its claim of an external id is another stream, and no record. */
  private ownerOf(commandId: string, stream: string): string {
    if (stream.startsWith('claim-')) return stream;
    const owner = this.streamsOfCommands.get(commandId) ?? stream;
    this.streamsOfCommands.set(commandId, owner);
    return owner;
  }
}
