import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Where the public data sets are, one folder each: they are not part of the project. */
const DATA_SETS = process.env.SILLAGE_DATA_SETS ?? path.join(ROOT, '../shared/data');

export const CRM_SALES = path.join(DATA_SETS, 'crm-sales-opportunities');
export const LEADS = path.join(DATA_SETS, 'x-education-leads');

export const DATA_SETS_MISSING = 'the data sets are not here, SILLAGE_DATA_SETS says where they are';

export function hasDataSets(): boolean {
  return existsSync(CRM_SALES) && existsSync(LEADS);
}

export function example(name: string): string {
  return path.join(ROOT, 'examples', name);
}

export type Row = { readonly [column: string]: string };

/** The rows of a CSV file by column. */
export function rowsOf(folder: string, file: string): readonly Row[] {
  return parse(readFileSync(path.join(folder, file)), { columns: true, bom: true });
}

/** The cell of a column that the file has. */
export function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`no column ${column}`);
  return value;
}

/** The same; null when it is empty. */
export function cellOrNull(row: Row, column: string): string | null {
  return cell(row, column) || null;
}
