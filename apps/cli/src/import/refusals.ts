import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';

export interface Refusal {
  readonly file: string;
  /** Of the file, from 1: the line that the row begins on. */
  readonly line: number;
  /** Undefined for a row that could not be read so far. */
  readonly externalId: string | undefined;
  readonly reason: string;
}

/** The CSV file of what was refused, begun with the first refusal. One of an earlier run is removed. */
export class RefusalFile {
  private descriptor: number | undefined;
  count = 0;

  constructor(readonly path: string) {
    rmSync(path, { force: true });
  }

  add({ file, line, externalId, reason }: Refusal): void {
    this.descriptor ??= this.begin();
    this.count += 1;
    writeSync(this.descriptor, csvLine([file, String(line), externalId ?? '', reason]));
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
  }

  private begin(): number {
    const descriptor = openSync(this.path, 'w');
    writeSync(descriptor, csvLine(['file', 'line', 'externalId', 'reason']));
    return descriptor;
  }
}

/** Formulas are escaped: the file will be opened in a spreadsheet, and its texts come from anywhere. */
function csvLine(cells: readonly string[]): string {
  return stringify([[...cells]], { escape_formulas: true });
}
