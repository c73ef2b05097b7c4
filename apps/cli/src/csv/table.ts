import { Failure } from '../failure.js';
import { readLines } from './lines.js';
import { parseRecords } from './parse-records.js';
import { type RawRecord, RecordAssembler } from './record-assembler.js';

/** A row of a CSV file by the line it begins on: its cells, as many as the header has, or why it is refused. */
export type TableRow =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly refused: string };

/** A CSV file in UTF-8 whose first record is its header. */
export interface TableFile {
  readonly path: string;
  readonly delimiter: string;
}

/** What parses records at once: enough to be fast, few enough that one broken record costs little. */
const GROUP = 200;

/**
 * The rows behind the header in groups of up to 200, in constant memory. What is broken in one row stays there: the
 * rows after it are read.
 *
 * @throws Failure when the file cannot be read.
 */
export async function* readRows(file: TableFile, header: readonly string[]): AsyncGenerator<readonly TableRow[]> {
  const columns = header.length;
  const assembler = new RecordAssembler((text) => {
    const [record] = parseRecords([text], file.delimiter);
    return record !== undefined && 'cells' in record && record.cells.length === columns;
  });
  let waiting: RawRecord[] = [];
  let isHeader = true;
  for await (const lines of readLines(file.path)) {
    waiting.push(...lines.flatMap((line) => assembler.take(line)));
    if (isHeader && waiting.length > 0) {
      waiting.shift();
      isHeader = false;
    }
    while (waiting.length >= GROUP) {
      yield toRows(waiting.slice(0, GROUP), file.delimiter, columns);
      waiting = waiting.slice(GROUP);
    }
  }
  waiting.push(...assembler.end());
  if (waiting.length > 0) yield toRows(waiting, file.delimiter, columns);
}

/**
 * The names of the columns, trimmed, from the file's first record.
 * @throws Failure when the file cannot be read or has no header.
 */
export async function readHeader({ path, delimiter }: TableFile): Promise<readonly string[]> {
  const assembler = new RecordAssembler(() => true);
  for await (const lines of readLines(path)) {
    for (const line of lines) {
      const [first] = assembler.take(line);
      if (first !== undefined) return headerOf(first, path, delimiter);
    }
  }
  throw new Failure(`${path} has no header: the file is empty`);
}

function headerOf(first: RawRecord, path: string, delimiter: string): readonly string[] {
  if ('refused' in first) throw new Failure(`${path} has no header that can be read: ${first.refused}`);
  const [header] = parseRecords([first.text], delimiter);
  if (header === undefined || 'wrong' in header) throw new Failure(`${path}: the header is broken: ${header?.wrong}`);
  return header.cells.map((name) => name.trim());
}

function toRows(records: readonly RawRecord[], delimiter: string, columns: number): readonly TableRow[] {
  const texts = records.flatMap((record) => ('text' in record ? [record.text] : []));
  const parsed = parseRecords(texts, delimiter).values();
  return records.map((record) => {
    if ('refused' in record) return record;
    const outcome = parsed.next().value;
    if (outcome === undefined || 'wrong' in outcome)
      return { line: record.line, refused: outcome?.wrong ?? 'it is lost' };
    const { cells } = outcome;
    if (cells.length === columns) return { line: record.line, cells };
    return { line: record.line, refused: `it has ${cells.length} columns, the header has ${columns}` };
  });
}
