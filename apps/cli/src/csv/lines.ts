import { createReadStream } from 'node:fs';
import { unreadable } from '../unreadable-file.js';

/** A line of a file as it stands there, without its line end. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Undefined for a line of more than {@link LONGEST_LINE} bytes. */
  readonly bytes: Buffer | undefined;
}

/** In bytes: room for the longest text of a record (50,000 characters) in any script. */
export const LONGEST_LINE = 256 * 1024;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The lines of a file, in groups as they are read, whatever the file's size in constant memory. Lines end with LF or
 * CR LF; a byte order mark is left out. (node:readline is of no use here: it has no limit and also splits at U+2028,
 * which may stand in a cell.)
 *
 * @throws Failure when the file cannot be read.
 */
export async function* readLines(path: string, longest = LONGEST_LINE): AsyncGenerator<readonly Line[]> {
  const splitter = new LineSplitter(longest);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      yield splitter.take(chunk as Buffer);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  yield splitter.end();
}

class LineSplitter {
  private number = 1;
  /** The beginning of a line whose end has not been read. */
  private parts: Buffer[] = [];
  private length = 0;

  constructor(private readonly longest: number) {}

  take(chunk: Buffer): readonly Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      this.keep(chunk.subarray(from, at));
      lines.push(this.finish());
      from = at + 1;
    }
    if (from < chunk.length) this.keep(chunk.subarray(from));
    return lines;
  }

  end(): readonly Line[] {
    return this.length === 0 ? [] : [this.finish()];
  }

  /** What a line has beyond the limit is counted, not kept. */
  private keep(part: Buffer): void {
    this.length += part.length;
    if (this.length <= this.longest) this.parts.push(part);
    else this.parts = [];
  }

  private finish(): Line {
    const bytes = this.length > this.longest ? undefined : trimmed(Buffer.concat(this.parts), this.number === 1);
    const line = { number: this.number, bytes };
    this.number += 1;
    this.parts = [];
    this.length = 0;
    return line;
  }
}

function trimmed(bytes: Buffer, isFirst: boolean): Buffer {
  const start = isFirst && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
  return bytes.subarray(start, end);
}
