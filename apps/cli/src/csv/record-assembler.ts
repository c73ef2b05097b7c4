import { isUtf8 } from 'node:buffer';
import { type Line, LONGEST_LINE } from './lines.js';

/** The text of one record, or why there is none, at the line it begins on. */
export type RawRecord =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly refused: string };

interface TextLine {
  readonly number: number;
  readonly text: string;
}

/**
 * Puts lines together to records: a value in quotes may hold line ends, so a record goes on until the number of its
 * quotes is even (RFC 4180). A quote that is opened by mistake would so swallow what follows: therefore several lines
 * that do not make a proper record are refused at their first line only, and the others are looked at anew.
 */
export class RecordAssembler {
  /** The lines of the record that is not complete yet. */
  private open: TextLine[] = [];
  private openLength = 0;

  /** @param isProper whether the text of several lines is one record as the file's header wants it */
  constructor(
    private readonly isProper: (text: string) => boolean,
    private readonly longest = LONGEST_LINE,
  ) {}

  take(line: Line): readonly RawRecord[] {
    const { number, bytes } = line;
    if (bytes !== undefined && isUtf8(bytes)) return this.takeText({ number, text: bytes.toString('utf8') });
    const refused = bytes === undefined ? `the line is longer than ${this.longest} bytes` : 'the line is not UTF-8';
    return [...this.end(), { line: number, refused }];
  }

  /** No more lines follow, or none that could belong to the open record. */
  end(): readonly RawRecord[] {
    const records: RawRecord[] = [];
    while (this.open.length > 0) records.push(...this.refuseFirst('a quote is never closed'));
    return records;
  }

  private takeText(line: TextLine): readonly RawRecord[] {
    if (this.open.length === 0 && line.text.trim() === '') return [];
    const wasOpen = this.open.length > 0;
    this.open.push(line);
    this.openLength += line.text.length + 1;
    const closes = hasOddQuotes(line.text) === wasOpen;
    if (!closes) return this.openLength > this.longest ? this.refuseFirst('a quote is never closed') : [];
    const text = this.open.map((part) => part.text).join('\n');
    if (wasOpen && !this.isProper(text)) return this.refuseFirst('a quote is out of place, or columns are missing');
    const record = { line: this.open[0]?.number ?? line.number, text };
    this.clear();
    return [record];
  }

  private refuseFirst(refused: string): readonly RawRecord[] {
    const [first, ...rest] = this.open;
    this.clear();
    if (first === undefined) return [];
    return [{ line: first.number, refused }, ...rest.flatMap((line) => this.takeText(line))];
  }

  private clear(): void {
    this.open = [];
    this.openLength = 0;
  }
}

function hasOddQuotes(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}
