import type { JsonObject } from '@sillage/kernel';
import { columnValues } from '../column-values.js';
import { type IndexValues, indexValues } from '../index-values.js';
import type { Scalar } from '../query.js';
import type { Measures, StoredCell, StoredDocument, ViewBatch } from '../view-store.js';
import type { CubeLayout, ViewLayout } from './layout.js';
import type { SchemaLayout } from './schema.js';
import { TenantTerms, tokenText } from './tenant-terms.js';

/** A document as its tables hold it, but for the key. A tuple of plain values crosses threads cheaper than an object. */
export type DocumentRow = readonly [
  createdAt: string,
  tokens: string,
  tenant: number,
  id: string,
  deleted: 0 | 1,
  ordinal: number,
  position: number,
  json: string,
  ...columns: (Scalar | null)[],
];

/** A cell as its table holds it. Without measures (null) it is no more. */
export type CellRow = readonly [tenant: number, dimensions: string, measures: string | null, position: number];

/** A batch as it is written into the tables, by view and by cube. */
export interface RowBatch {
  readonly checkpoint: ViewBatch['checkpoint'];
  readonly documents: ReadonlyMap<string, readonly DocumentRow[]>;
  readonly cells: ReadonlyMap<string, readonly CellRow[]>;
  readonly erases: true | undefined;
}

/** What is to be found of a document outside its text. */
export interface Indexed {
  readonly columns: readonly (Scalar | null)[];
  readonly tokens: string;
}

/** Makes the rows of the documents of one view. Pure. */
export class DocumentRows {
  readonly #valuesOf: (document: JsonObject) => IndexValues;

  constructor(private readonly layout: ViewLayout) {
    this.#valuesOf = indexValues(layout.view);
  }

  of(tenant: number, { id, deleted, ordinal, position, document }: StoredDocument): DocumentRow {
    const { columns, tokens } = this.indexed(tenant, deleted, document);
    const [createdAt, json] = [String(document.createdAt), JSON.stringify(document)];
    return [createdAt, tokens, tenant, id, deleted ? 1 : 0, ordinal, position, json, ...columns];
  }

  indexed(tenant: number, deleted: boolean, document: JsonObject): Indexed {
    const indexed = this.#valuesOf(document);
    const columns: (Scalar | null)[] = [];
    for (const field of this.layout.fields) {
      if (field.columns.length > 0) columns.push(...columnValues(field, indexed.values[field.number]));
    }
    return { columns, tokens: tokenText(this.layout, new TenantTerms(tenant, deleted), indexed) };
  }
}

/** Makes the rows of batches. Pure, and the larger part of the work of writing one. */
export class BatchRows {
  readonly #documents: ReadonlyMap<string, DocumentRows>;
  readonly #cubes: ReadonlyMap<string, CubeLayout>;

  constructor({ views, cubes }: SchemaLayout) {
    this.#documents = new Map([...views].map(([name, layout]) => [name, new DocumentRows(layout)]));
    this.#cubes = cubes;
  }

  /** @param numberOf Gives the number of a tenant, which is stored by then. */
  of({ documents, cells, checkpoint, erases }: ViewBatch, numberOf: (tenant: string) => number): RowBatch {
    const batch = {
      documents: new Map<string, DocumentRow[]>(),
      cells: new Map<string, CellRow[]>(),
      checkpoint,
      erases,
    };
    // Documents of the same millisecond lie in the order of their first writing, which is to be that of creation.
    for (const document of [...documents].sort((one, other) => one.ordinal - other.ordinal)) {
      const rows = declared(this.#documents, document.view);
      listOf(batch.documents, document.view).push(rows.of(numberOf(document.tenant), document));
    }
    for (const cell of cells) {
      declared(this.#cubes, cell.cube);
      listOf(batch.cells, cell.cube).push(cellRow(numberOf(cell.tenant), cell));
    }
    return batch;
  }
}

/** @throws Error when nothing of the name is declared. */
export function declared<T>(byName: ReadonlyMap<string, T>, name: string): T {
  const found = byName.get(name);
  if (!found) throw new Error(`nothing is declared as ${name}`);
  return found;
}

function listOf<T>(lists: Map<string, T[]>, name: string): T[] {
  const known = lists.get(name);
  if (known) return known;
  const list: T[] = [];
  lists.set(name, list);
  return list;
}

function cellRow(tenant: number, { dimensions, measures, position }: StoredCell): CellRow {
  return [tenant, JSON.stringify(dimensions), measuresAsJson(measures), position];
}

/** As decimal texts: neither JSON nor the integers of SQLite have room for every sum. Null for no measures. */
function measuresAsJson(measures: Measures): string | null {
  const texts: Record<string, string> = {};
  let isEmpty = true;
  for (const name in measures) {
    texts[name] = String(measures[name]);
    isEmpty = false;
  }
  return isEmpty ? null : JSON.stringify(texts);
}
