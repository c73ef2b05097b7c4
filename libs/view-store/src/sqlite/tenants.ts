import type { Connection } from './connection.js';
import { sql } from './sql.js';

/** A tenant, and the small number that rows carry instead of the name. */
export interface Tenant {
  readonly name: string;
  readonly number: number;
}

/** The number of tenants of whom nothing is stored: no row has it. */
const NOBODY = 0;

/** The tenants of a file. */
export class Tenants {
  /** By name. What is stored of a tenant never changes, except for the partition. */
  readonly #numbers = new Map<string, number>();
  readonly #partitions = new Map<string, number>();

  constructor(readonly connection: Connection) {}

  find(name: string): Tenant {
    const known = this.#numbers.get(name);
    if (known !== undefined) return { name, number: known };
    const number = this.connection.value(sql`SELECT number FROM tenant WHERE name = ${name}`);
    if (typeof number !== 'number') return { name, number: NOBODY };
    this.#numbers.set(name, number);
    return { name, number };
  }

  /** A tenant whose events are in a partition of the log; stored when it is new, or has moved there. */
  ensure(name: string, partition: number): Tenant {
    if (this.#partitions.get(name) !== partition) {
      this.connection.rows(sql`
        INSERT INTO tenant (name, partition) VALUES (${name}, ${partition})
        ON CONFLICT (name) DO UPDATE SET partition = excluded.partition`);
      this.#partitions.set(name, partition);
    }
    return this.find(name);
  }

  inOrderOfName(): readonly Tenant[] {
    return this.connection
      .rows(sql`SELECT name, number FROM tenant ORDER BY name`)
      .map(([name, number]) => ({ name: String(name), number: Number(number) }));
  }

  /** To be called after a transaction was rolled back: it may have stored tenants. */
  forget(): void {
    this.#numbers.clear();
    this.#partitions.clear();
  }
}
