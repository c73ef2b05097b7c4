import type { IndexSpecification } from 'mongodb';
import type { IndexedField } from '../indexed-field.js';
import type { Cube, FieldKind, Schema, View } from '../view.js';

/** A part of a field's value in a form that MongoDB compares as the field's kind does. */
export interface Column {
  /** Its path in a record. */
  readonly path: string;
  /** Its name within `by`. */
  readonly name: string;
  readonly type: 'number' | 'string';
}

export interface FieldLayout extends IndexedField {
  readonly columns: readonly Column[];
  readonly index?: IndexSpecification;
}

/** Where a view lives in a generation's collections. */
export interface ViewLayout {
  readonly view: View;
  /** In the order of `Object.keys(view.fields)`. */
  readonly fields: readonly FieldLayout[];
  /** By name; all of them begin with the tenant, and none depends on another's name or place. */
  readonly indexes: ReadonlyMap<string, IndexSpecification>;
}

export interface SchemaLayout {
  readonly views: ReadonlyMap<string, ViewLayout>;
  readonly cubes: ReadonlyMap<string, Cube>;
}

export function schemaLayout({ views, cubes }: Schema): SchemaLayout {
  return {
    views: new Map(views.map((view) => [view.name, viewLayout(view)])),
    cubes: new Map(cubes.map((cube) => [cube.name, cube])),
  };
}

export const TENANT = '_id.tenant';

/** Ends every index: the order of creation, which no two documents of a tenant share. */
const CREATION = { created: 1, ordinal: 1 } as const;

function viewLayout(view: View): ViewLayout {
  const fields = Object.entries(view.fields).map(([path, { kind, sortable = false }], number): FieldLayout => {
    const code = number.toString(36);
    // The order of creation is that of `createdAt`, and what conditions on it are compared with.
    const columns = path === 'createdAt' ? [] : columnsOf(kind, sortable, code);
    const layout = { path, kind, number, code, columns };
    return sortable && columns.length > 0 ? { ...layout, index: orderedBy(columns) } : layout;
  });
  const indexes = new Map<string, IndexSpecification>([
    ['by createdAt', orderedBy([])],
    ['by terms', { [TENANT]: 1, deleted: 1, terms: 1, ...CREATION }],
  ]);
  for (const { path, index } of fields) if (index !== undefined) indexes.set(`by ${path}`, index);
  return { view, fields, indexes };
}

function orderedBy(columns: readonly Column[]): IndexSpecification {
  const inOrder = Object.fromEntries(columns.map(({ path }) => [path, 1 as const]));
  return { [TENANT]: 1, deleted: 1, ...inOrder, ...CREATION };
}

/**
 * What is compared by size has columns, sortable or not; what is only equal or not is found by its terms, and has a
 * column when it is sorted by.
 */
function columnsOf(kind: FieldKind, sortable: boolean, code: string): readonly Column[] {
  switch (kind) {
    case 'number':
    case 'instant':
    case 'date':
      return [column(`f${code}`, 'number')];
    case 'money':
      return [column(`f${code}c`, 'string'), column(`f${code}`, 'number')];
    case 'keyword':
    case 'reference':
      return sortable ? [column(`f${code}`, 'string')] : [];
    case 'text':
    case 'keywords':
    case 'open':
      return [];
  }
}

function column(name: string, type: Column['type']): Column {
  return { path: `by.${name}`, name, type };
}
