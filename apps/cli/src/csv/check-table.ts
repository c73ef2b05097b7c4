import { isUtf8 } from 'node:buffer';
import { Failure } from '../failure.js';
import { readLines } from './lines.js';
import { readHeader, type TableFile } from './table.js';

/** What is known of a file before any of its rows is used. */
export interface CheckedTable extends TableFile {
  readonly header: readonly string[];
  /** About the number of rows: a value may hold line ends. */
  readonly rows: number;
}

/**
 * Reads a file through once, before anything is done with it.
 *
 * @param needed the columns that must be there
 * @throws Failure when it cannot be read, is not UTF-8, or its header lacks a column or has a needed one twice.
 */
export async function checkTable(file: TableFile, needed: ReadonlySet<string>): Promise<CheckedTable> {
  const rows = (await countLines(file.path)) - 1;
  const header = await readHeader(file);
  const missing = [...needed].filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new Failure(`${file.path} has no ${columnList(missing)}; its header is: ${header.join(file.delimiter)}`);
  }
  const twice = [...needed].filter((column) => header.indexOf(column) !== header.lastIndexOf(column));
  if (twice.length > 0) throw new Failure(`${file.path} has the ${columnList(twice)} twice`);
  return { ...file, header, rows };
}

async function countLines(path: string): Promise<number> {
  let count = 0;
  for await (const lines of readLines(path)) {
    for (const { number, bytes } of lines) {
      count += 1;
      if (bytes !== undefined && !isUtf8(bytes))
        throw new Failure(`${path} is not UTF-8 (line ${number}): convert it first`);
    }
  }
  return count;
}

function columnList(columns: readonly string[]): string {
  const names = columns.map((column) => `"${column}"`).join(', ');
  return `${columns.length === 1 ? 'column' : 'columns'} ${names}`;
}
