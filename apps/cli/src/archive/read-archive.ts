import { createHash } from 'node:crypto';
import type { JsonValue } from '@sillage/kernel';
import { readLines } from '../csv/lines.js';
import { Failure } from '../failure.js';
import { type ArchivedEvent, ArchiveFault, fromJson } from './archived-event.js';
import { isHeader, type Trailer, trailerOf } from './marks.js';

/** In bytes: the largest event that a request of 1 MiB can lead to, and room to spare. */
const LONGEST_EVENT = 8 * 1024 * 1024;

/**
 * The events of an archive in order, in groups as they are read (some 256 KiB), whatever its size in constant memory.
 * @throws Failure that names the line, when one is not understood; at the end, when the archive is not whole. So what
 * it gives is to be trusted only once it has been read to its end.
 */
export async function* readArchive(path: string): AsyncGenerator<readonly ArchivedEvent[]> {
  const reading = new ArchiveReading();
  for await (const lines of readLines(path, LONGEST_EVENT)) {
    const events: ArchivedEvent[] = [];
    for (const { number, bytes } of lines) {
      try {
        events.push(...reading.take(bytes));
      } catch (error) {
        throw error instanceof ArchiveFault ? new Failure(`${path}:${number}: ${error.message}`) : error;
      }
    }
    if (events.length > 0) yield events;
  }
  const missing = reading.missing();
  if (missing !== undefined) throw new Failure(`${path} is not whole: ${missing}`);
}

/** What has been read of an archive so far. */
class ArchiveReading {
  private readonly hash = createHash('sha256');
  private events = 0;
  private hasBegun = false;
  private trailer: Trailer | undefined;

  /** The event that a line holds; none for the first line and the last. */
  take(bytes: Buffer | undefined): readonly ArchivedEvent[] {
    if (bytes === undefined) throw new ArchiveFault('longer than any event');
    if (this.trailer !== undefined) throw new ArchiveFault('something follows the last line');
    const value = parsed(bytes);
    if (!this.hasBegun) {
      if (!isHeader(value)) throw new ArchiveFault('this is no export, or one of a newer Sillage');
      this.hasBegun = true;
      return [];
    }
    this.trailer = trailerOf(value);
    if (this.trailer !== undefined) return [];
    const event = fromJson(value);
    this.hash.update(bytes).update('\n');
    this.events += 1;
    return [event];
  }

  /** What the archive lacks, now that nothing more comes. */
  missing(): string | undefined {
    if (this.trailer === undefined) return 'its last line is missing, so it was cut off';
    const { events, digest } = this.trailer;
    if (events !== this.events) return `it has ${this.events} events and says that it has ${events}`;
    return digest === this.hash.digest('hex') ? undefined : 'it was changed since it was written';
  }
}

function parsed(bytes: Buffer): JsonValue {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new ArchiveFault('no JSON');
  }
}
