import type { JsonObject, Money } from '@sillage/kernel';
import { type CsvValue, csvLines } from '../../csv.js';
import type { DetailColumn } from '../detail-column.js';
import type { Named } from '../names.js';

/** By kind and id: the names that the rows of a page show. */
export interface DetailNames {
  readonly account: ReadonlyMap<string, string>;
  readonly client: ReadonlyMap<string, string>;
}

/** Records as lines of JSON, a member for each column. */
export function detailJsonLines(
  columns: readonly DetailColumn[],
  documents: readonly JsonObject[],
  names: DetailNames,
): string {
  const rows = documents.map((document) =>
    JSON.stringify(Object.fromEntries(columns.map((column) => [column.name, jsonOf(column, document, names)]))),
  );
  return rows.map((row) => `${row}\n`).join('');
}

/**
 * Records as lines of CSV. An account or client has two columns (`account.id`, `account.name`); money has two
 * (`annualRevenue`, `annualRevenue.currency`), which hold the amounts of several currencies one after the other,
 * divided by `; `: the columns must be known before the last record is.
 */
export function detailCsv(
  columns: readonly DetailColumn[],
  documents: readonly JsonObject[],
  names: DetailNames,
  { header }: { readonly header: boolean },
): string {
  const rows = documents.map((document) => columns.flatMap((column) => fieldsOf(column, document, names)));
  return csvLines(header ? [columns.flatMap(headersOf), ...rows] : rows);
}

function headersOf({ name, kind }: DetailColumn): readonly string[] {
  switch (kind) {
    case 'text':
      return [name];
    case 'account':
    case 'client':
      return [`${name}.id`, `${name}.name`];
    case 'money':
    case 'amounts':
      return [name, `${name}.currency`];
    default:
      return kind satisfies never;
  }
}

function fieldsOf(column: DetailColumn, document: JsonObject, names: DetailNames): readonly CsvValue[] {
  switch (column.kind) {
    case 'text':
      return [column.value(document)];
    case 'account':
    case 'client': {
      const named = namedIn(column, document, names);
      return [named?.id ?? null, named?.name ?? null];
    }
    case 'money': {
      const money = column.value(document);
      return [money?.value ?? null, money?.currency ?? null];
    }
    case 'amounts': {
      const amounts = column.value(document);
      return [amounts.map(({ value }) => value).join('; '), amounts.map(({ currency }) => currency).join('; ')];
    }
    default:
      return column satisfies never;
  }
}

function jsonOf(
  column: DetailColumn,
  document: JsonObject,
  names: DetailNames,
): string | Named | Money | readonly Money[] | null {
  switch (column.kind) {
    case 'text':
    case 'money':
    case 'amounts':
      return column.value(document);
    case 'account':
    case 'client':
      return namedIn(column, document, names);
    default:
      return column satisfies never;
  }
}

function namedIn(
  { kind, field }: DetailColumn & { kind: 'account' | 'client' },
  document: JsonObject,
  names: DetailNames,
): Named | null {
  const id = document[field];
  return typeof id === 'string' ? { id, name: names[kind].get(id) ?? null } : null;
}
