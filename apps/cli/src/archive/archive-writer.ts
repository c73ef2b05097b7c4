import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { newId, type StoredEvent } from '@sillage/kernel';
import { archived, toLine } from './archived-event.js';
import { headerLine, type Moment, type Trailer, trailerLine } from './marks.js';

/**
 * Writes an archive beside its place and moves it there when it is whole and on the disk, so that under its name there
 * is never half a file. Readable by its owner only: it holds everything.
 */
export class ArchiveWriter {
  private readonly hash = createHash('sha256');
  private events = 0;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly now: () => number,
  ) {}

  /** @param now milliseconds since 1970, UTC */
  static async create(path: string, now: () => number): Promise<ArchiveWriter> {
    const file = await open(partOf(path), 'w', 0o600);
    const writer = new ArchiveWriter(path, file, now);
    await file.write(`${headerLine(writer.moment())}\n`);
    return writer;
  }

  /** @throws ArchiveFault */
  async write(events: readonly StoredEvent[]): Promise<void> {
    const lines = Buffer.from(events.map((event) => `${toLine(archived(event))}\n`).join(''));
    this.hash.update(lines);
    this.events += events.length;
    await this.file.writeFile(lines);
  }

  /** Ends the archive and puts it in its place, over an older one. */
  async finish(): Promise<Trailer> {
    const trailer = { events: this.events, digest: this.hash.digest('hex') };
    await this.file.writeFile(`${trailerLine(this.moment(), trailer)}\n`);
    await this.file.sync();
    await this.file.close();
    await rename(partOf(this.path), this.path);
    return trailer;
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.file.close();
    await rm(partOf(this.path), { force: true });
  }

  private moment(): Moment {
    return { id: newId(), time: new Date(this.now()).toISOString() };
  }
}

function partOf(path: string): string {
  return `${path}.part`;
}
