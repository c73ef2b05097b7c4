import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { Sql, SqlValue } from './sql.js';

/** Statements that one connection keeps prepared. Lists of values make shapes without end, so not all of them. */
const MOST_STATEMENTS = 250;

/** How long to wait for another process that holds the file, in milliseconds. */
const BUSY_TIMEOUT = 4_000;

export type Row = readonly SQLOutputValue[];

/** A connection to the file of a view store. It blocks: it belongs into a thread of its own. */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #statements = new LRUCache<string, StatementSync>({ max: MOST_STATEMENTS });

  constructor(
    readonly file: string,
    { readOnly }: { readonly readOnly: boolean },
  ) {
    this.#database = new DatabaseSync(file, { readOnly, timeout: BUSY_TIMEOUT });
  }

  /** Runs statements that give nothing and have no values. */
  execute(statements: string): void {
    this.#database.exec(statements);
  }

  rows({ text, values }: Sql): readonly Row[] {
    return allRows(this.prepare(text), ...values);
  }

  /** The first column of the first row. */
  value(statement: Sql): SQLOutputValue | undefined {
    return this.rows(statement)[0]?.[0];
  }

  /** A statement whose rows `allRows` and `firstRow` read. */
  prepare(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known) return known;
    const statement = this.#database.prepare(text);
    statement.setReturnArrays(true);
    this.#statements.set(text, statement);
    return statement;
  }

  /**
   * Runs reads in one transaction, so that all of them see the same state of the file; within a transaction that is
   * already open, as a part of it.
   */
  reading<T>(read: () => T): T {
    return this.#database.isTransaction ? read() : this.#transaction('BEGIN', read);
  }

  /** From here on, and until it is closed, all that the connection reads is of the state that the file is in now. */
  holdState(): void {
    // A transaction has no state of its own before its first read.
    this.#database.exec('BEGIN; SELECT 1 FROM sqlite_schema');
  }

  /** Runs writes in one transaction: all of them are done, or none when one fails. */
  writing<T>(write: () => T): T {
    return this.#transaction('BEGIN IMMEDIATE', write);
  }

  #transaction<T>(begin: string, work: () => T): T {
    this.#database.exec(begin);
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite has already rolled back after some errors (a full disk, for one).
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

// The types of node:sqlite do not know that `prepare` has asked for rows as arrays.
export function allRows(statement: StatementSync, ...values: readonly SqlValue[]): readonly Row[] {
  return statement.all(...values) as unknown as readonly Row[];
}

export function firstRow(statement: StatementSync, ...values: readonly SqlValue[]): Row | undefined {
  return statement.get(...values) as unknown as Row | undefined;
}
