import type { Measures, ViewBatch } from '../view-store.js';
import type { SchemaLayout } from './layout.js';

/** A document as a redo record holds it: what it is found by follows from it. */
export interface DocumentWrite {
  readonly view: string;
  readonly tenant: string;
  readonly id: string;
  readonly deleted: boolean;
  readonly ordinal: number;
  readonly position: number;
  /** JSON text. */
  readonly document: string;
}

export interface CellWrite {
  readonly cube: string;
  readonly tenant: string;
  readonly dimensions: readonly (string | null)[];
  readonly position: number;
  /** JSON text of decimal texts; absent when the cell is no more. */
  readonly measures?: string;
}

/** What a batch writes: each document and each cell once, as the batch leaves it. */
export interface Writes {
  readonly documents: readonly DocumentWrite[];
  readonly cells: readonly CellWrite[];
}

/**
 * What a batch writes. Pure.
 * @throws Error when it names a view or a cube that nobody declared.
 */
export function writesOf({ views, cubes }: SchemaLayout, { documents, cells }: ViewBatch): Writes {
  for (const { view } of documents) if (!views.has(view)) throw new Error(`no view ${view}`);
  for (const { cube } of cells) if (!cubes.has(cube)) throw new Error(`no cube ${cube}`);
  return {
    documents: newest(documents, ({ view, tenant, id }) => [view, tenant, id]).map(({ document, ...write }) => ({
      ...write,
      document: JSON.stringify(document),
    })),
    cells: newest(cells, ({ cube, tenant, dimensions }) => [cube, tenant, ...dimensions]).map(
      ({ measures, ...write }) => ({ ...write, ...measuresAsJson(measures) }),
    ),
  };
}

function newest<T extends { readonly position: number }>(
  items: readonly T[],
  keyOf: (item: T) => readonly (string | null)[],
): readonly T[] {
  const byKey = new Map<string, T>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const known = byKey.get(key);
    if (known === undefined || known.position <= item.position) byKey.set(key, item);
  }
  return [...byKey.values()];
}

function measuresAsJson(measures: Measures): { readonly measures?: string } {
  const texts = Object.entries(measures).map(([name, value]) => [name, value.toString()] as const);
  return texts.length === 0 ? {} : { measures: JSON.stringify(Object.fromEntries(texts)) };
}
