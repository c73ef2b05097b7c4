import { ViewsMovedOn } from '../errors.js';
import type { ViewBatch } from '../view-store.js';
import type { Connection } from './connection.js';
import { sql } from './sql.js';

/** Up to which position a partition's events are in the views; 0 before the first. */
export function readCheckpoint(connection: Connection, partition: number): number {
  return Number(connection.value(sql`SELECT position FROM checkpoint WHERE partition = ${partition}`) ?? 0);
}

/**
 * Moves a checkpoint on from where a batch begins. Works within a transaction of its caller.
 * @throws ViewsMovedOn when it is elsewhere.
 */
export function moveCheckpoint(connection: Connection, { partition, after, position }: ViewBatch['checkpoint']): void {
  if (readCheckpoint(connection, partition) !== after) throw new ViewsMovedOn(partition, after);
  connection.rows(sql`
    INSERT INTO checkpoint VALUES (${partition}, ${position})
    ON CONFLICT (partition) DO UPDATE SET position = excluded.position`);
}

/**
 * Up to which position a tenant's events are in the views. Of a tenant who has no event in them yet, nobody knows the
 * partition: then it is the position up to which all partitions are.
 */
export function positionOf(connection: Connection, tenant: string): number {
  const position = connection.value(sql`
    SELECT coalesce(
      (SELECT c.position FROM tenant AS t JOIN checkpoint AS c ON c.partition = t.partition WHERE t.name = ${tenant}),
      (SELECT min(position) FROM checkpoint),
      0)`);
  return Number(position);
}
