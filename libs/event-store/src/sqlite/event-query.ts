import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { StoredEvent } from '@sillage/kernel';

type EventRow = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

/** A prepared query for events. */
export class EventQuery {
  readonly #statement: StatementSync;

  /** `condition` is what follows the table: WHERE with its parameters, ORDER BY, LIMIT. */
  constructor(db: DatabaseSync, condition: string) {
    this.#statement = db.prepare(`SELECT position, stream, revision, id, type, data, metadata FROM event ${condition}`);
    this.#statement.setReturnArrays(true);
  }

  /**
   * The events found, but none behind the one whose data makes it `mostCharacters` of JSON in all; of streams that are
   * not wanted only the last one.
   */
  read(
    parameters: readonly SQLInputValue[],
    mostCharacters = Number.POSITIVE_INFINITY,
    isWanted: (stream: string) => boolean = () => true,
  ): StoredEvent[] {
    const events: StoredEvent[] = [];
    let characters = 0;
    let unwanted: EventRow | undefined;
    for (const found of this.#statement.iterate(...parameters)) {
      // The types of node:sqlite know neither setReturnArrays nor what a STRICT table guarantees.
      const row = found as unknown as EventRow;
      unwanted = isWanted(row[1]) ? undefined : row;
      if (unwanted === undefined) events.push(toStoredEvent(row));
      characters += row[5].length;
      if (characters >= mostCharacters) break;
    }
    if (unwanted !== undefined) events.push(toStoredEvent(unwanted));
    return events;
  }
}

function toStoredEvent([position, stream, revision, id, type, data, metadata]: EventRow): StoredEvent {
  return { id, type, data: JSON.parse(data), metadata: JSON.parse(metadata), stream, revision, position };
}
