import { stringify } from 'csv-stringify/sync';

export type CsvValue = string | number | null;

/**
 * Lines of CSV (RFC 4180, with line feeds), each ended. A text that a spreadsheet would take for a formula (one that
 * begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an apostrophe before it, see
 * https://owasp.org/www-community/attacks/CSV_Injection. Nothing is an empty field.
 */
export function csvLines(rows: readonly (readonly CsvValue[])[]): string {
  return stringify([...rows], { escape_formulas: true });
}
