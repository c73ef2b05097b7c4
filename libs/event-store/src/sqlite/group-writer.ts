import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type EncodedAppend, type EncodedEvent, type GroupReply, REFUSED } from './writer-messages.js';

/** The first event of an append goes in only where the stream ends: behind its predecessor, not over a successor. */
const INSERT_FIRST = `
  INSERT INTO event (stream, revision, id, tenant, type, data, metadata)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
  WHERE ?2 = 0 OR EXISTS (SELECT 1 FROM event WHERE stream = ?1 AND revision = ?2 - 1)
  ON CONFLICT (stream, revision) DO NOTHING
`;

const INSERT_NEXT = `
  INSERT INTO event (stream, revision, id, tenant, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)
`;

const FIND_BEHIND = 'SELECT id, position FROM event WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?';

/** Stores groups of appends: one transaction and one wait for the disk for each. Blocks, so it belongs on a worker. */
export class GroupWriter {
  readonly #db: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #insertFirst: StatementSync;
  readonly #insertNext: StatementSync;
  readonly #findBehind: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#insertFirst = db.prepare(INSERT_FIRST);
    this.#insertNext = db.prepare(INSERT_NEXT);
    this.#findBehind = db.prepare(FIND_BEHIND);
  }

  /**
   * Decides and stores the appends in their order. One at a wrong revision is refused and leaves the others alone; a
   * failure of the file fails the whole group.
   */
  write(group: readonly EncodedAppend[]): GroupReply {
    let positions: readonly number[];
    try {
      this.#begin.run();
      positions = group.map((append) => this.#append(append));
    } catch (error) {
      return this.#fail(group, 'nothing-stored', error);
    }
    try {
      this.#commit.run();
    } catch (error) {
      // The commit may stand in the log although the wait for the disk failed; a crash can then bring it back.
      return this.#fail(group, 'unknown', error);
    }
    return { kind: 'committed', positions };
  }

  /** The position of the append's last event, or REFUSED. */
  #append([stream, expected, events]: EncodedAppend): number {
    let insert = this.#insertFirst;
    let revision = expected;
    let position = REFUSED;
    for (const [id, tenant, type, data, metadata] of events) {
      revision += 1;
      const { changes, lastInsertRowid } = insert.run(stream, revision, id, tenant, type, data, metadata);
      if (changes === 0) return this.#repeated(stream, expected, events);
      position = Number(lastInsertRowid);
      insert = this.#insertNext;
    }
    return position;
  }

  /** The position of the last event if these very events already are at their place in the stream, else REFUSED. */
  #repeated(stream: string, expected: number, events: readonly EncodedEvent[]): number {
    const rows = this.#findBehind.all(stream, expected, events.length);
    const areThere = events.every(([id], index) => rows[index]?.id === id);
    return areThere ? Number(rows.at(-1)?.position) : REFUSED;
  }

  #fail(group: readonly EncodedAppend[], outcome: 'nothing-stored' | 'unknown', error: unknown): GroupReply {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    return { kind: 'failed', appends: group.length, outcome, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
