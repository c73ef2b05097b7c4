import type { Collection } from 'mongodb';
import type { Condition } from '../query.js';
import type { Cube } from '../view.js';
import type { StoredCell } from '../view-store.js';
import { answering } from './answering.js';
import { compileCellCondition } from './compile-condition.js';
import { TENANT } from './layout.js';
import { type CellRecord, cellOf } from './records.js';

type Cells = Collection<CellRecord>;

/** How many cells a scan fetches at a time. */
const CHUNK = 500;

/** Not those that are no more. */
const PRESENT = { measures: { $exists: true } } as const;

/** @throws QueryNotDeclared when the cube has not the dimension of a condition. */
export async function findCells(
  cells: Cells,
  cube: Cube,
  tenant: string,
  conditions: readonly Condition[],
): Promise<readonly StoredCell[]> {
  const all = [PRESENT, ...conditions.map((condition) => compileCellCondition(cube, condition))];
  const filter = { '_id.cube': cube.name, [TENANT]: tenant, $and: all };
  return (await answering((limits) => cells.find(filter, limits).toArray())).map(cellOf);
}

export async function getCells(
  cells: Cells,
  { name: cube }: Cube,
  tenant: string,
  dimensions: readonly StoredCell['dimensions'][],
): Promise<readonly StoredCell[]> {
  if (dimensions.length === 0) return [];
  const _ids = dimensions.map((values) => ({ cube, tenant, dimensions: JSON.stringify(values) }));
  const found = await answering((limits) => cells.find({ _id: { $in: _ids }, ...PRESENT }, limits).toArray());
  return found.map(cellOf);
}

/** The cells of a cube by tenant, then dimensions as JSON text. Takes as long as it takes. */
export async function* scanCells(cells: Cells, { name }: Cube): AsyncGenerator<StoredCell> {
  const inOrder = { [TENANT]: 1, '_id.dimensions': 1 } as const;
  for await (const record of cells.find({ '_id.cube': name, ...PRESENT }, { sort: inOrder, batchSize: CHUNK }))
    yield cellOf(record);
}
