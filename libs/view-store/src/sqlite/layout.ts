import type { IndexedField } from '../indexed-field.js';
import type { Cube, FieldKind, View } from '../view.js';

/** A column that holds one part of a field's value in a form that SQLite compares as the field's kind does. */
export interface Column {
  /** As SQL writes it. */
  readonly name: string;
  readonly type: 'INTEGER' | 'REAL' | 'TEXT';
}

export interface FieldLayout extends IndexedField {
  readonly columns: readonly Column[];
  /** As SQL writes it. */
  readonly index?: string;
}

/** Where a view lives in the file. Names are as SQL writes them. */
export interface ViewLayout {
  readonly view: View;
  /** One row a document. Its key is the place in the view's own order, see `document-key.ts`. */
  readonly documents: string;
  /** Index that keeps the documents of a tenant in the view's own order. */
  readonly order: string;
  /** Full-text index over the tokens of each document (`terms.ts`), under the same key. */
  readonly terms: string;
  /** The distinct tokens of `terms`, in order. */
  readonly vocabulary: string;
  /** In the order of `Object.keys(view.fields)`. */
  readonly fields: readonly FieldLayout[];
}

export interface CubeLayout {
  readonly cube: Cube;
  readonly cells: string;
  /** Position of each cell's removal: keeps a value from before it out. */
  readonly removed: string;
}

export function viewLayout(view: View): ViewLayout {
  return {
    view,
    documents: quoted(`view ${view.name}`),
    order: quoted(`view ${view.name} in order`),
    terms: quoted(`view ${view.name} terms`),
    vocabulary: quoted(`view ${view.name} vocabulary`),
    fields: Object.entries(view.fields).map(([path, { kind, sortable = false }], number) => {
      // The key of the row is the order of `createdAt`, and what conditions on it are compared with.
      const columns = path === 'createdAt' ? [] : columnsOf(path, kind, sortable);
      const layout = { path, kind, number, code: number.toString(36), columns };
      return sortable && columns.length > 0 ? { ...layout, index: quoted(`view ${view.name} by ${path}`) } : layout;
    }),
  };
}

export function cubeLayout(cube: Cube): CubeLayout {
  return { cube, cells: quoted(`cube ${cube.name}`), removed: quoted(`cube ${cube.name} removed`) };
}

/**
 * What is compared by size has columns, sortable or not; what is only equal or not is found by its terms, and has a
 * column when it is sorted by.
 */
function columnsOf(path: string, kind: FieldKind, sortable: boolean): readonly Column[] {
  const name = quoted(`field ${path}`);
  switch (kind) {
    case 'number':
      return [{ name, type: 'REAL' }];
    case 'instant':
    case 'date':
      return [{ name, type: 'INTEGER' }];
    case 'money':
      return [
        { name: quoted(`field ${path} currency`), type: 'TEXT' },
        { name, type: 'INTEGER' },
      ];
    case 'keyword':
    case 'reference':
      return sortable ? [{ name, type: 'TEXT' }] : [];
    case 'text':
    case 'keywords':
    case 'open':
      return [];
  }
}

/** An identifier of SQL, whatever characters it has. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
