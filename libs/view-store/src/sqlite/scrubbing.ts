import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Connection } from './connection.js';
import type { ViewLayout } from './layout.js';
import { raw, sql } from './sql.js';

/** Pages of a full-text index that one step rewrites: some milliseconds. */
const PAGES_A_STEP = 200;

/** Milliseconds until the next attempt after one that failed: somebody was reading, or the disk was full. */
const RETRY_AFTER = 1_000;

/**
 * Removes from the files what replaced documents have left there, so that an erased text is nowhere on the disk. The
 * database itself overwrites what is deleted (`secure_delete`); but the full-text index only marks the tokens of a
 * document as gone, until the segment that they are in is merged with another, and the write-ahead log keeps old pages
 * until it is cut.
 *
 * Works beside other reads and writes, in small steps. That it is due is stored with the batch that erases, so that it is
 * done also after a crash.
 */
export class Scrubbing {
  private readonly views: readonly ViewLayout[];
  private erasures = 0;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly connection: Connection,
    layouts: Iterable<ViewLayout>,
  ) {
    this.views = [...layouts];
  }

  /** Notes, within the transaction of a batch that erases, that it is due. */
  static note(connection: Connection): void {
    connection.rows(sql`INSERT INTO scrubbing VALUES (1) ON CONFLICT DO NOTHING`);
  }

  /** Begins, if it is due, and does not wait for it. */
  begin(): void {
    if (this.isDue) this.running ??= this.run();
  }

  /** To be called once a batch that erases is written. */
  erased(): void {
    this.erasures += 1;
    this.begin();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private get isDue(): boolean {
    return this.connection.value(sql`SELECT 1 FROM scrubbing`) !== undefined;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted && this.isDue) {
      const isDone = await this.scrub(signal).catch((error: unknown) => {
        process.emitWarning(`what was erased is still in the files of the views, and will be removed later: ${error}`);
        return false;
      });
      if (!isDone) await setTimeout(RETRY_AFTER, undefined, { ref: false, signal }).catch(() => undefined);
    }
    this.running = undefined;
  }

  /** Whether all that was erased when it began is gone. */
  private async scrub(signal: AbortSignal): Promise<boolean> {
    const { erasures } = this;
    for (const { terms } of this.views) {
      let isMore = this.merge(terms, -PAGES_A_STEP);
      while (isMore) {
        await setImmediate();
        if (signal.aborted) return false;
        isMore = this.merge(terms, PAGES_A_STEP);
      }
    }
    if (erasures !== this.erasures) return false;
    return this.cutLog();
  }

  /** A step of a merge of all segments into one, which a negative number begins. Whether there is more to do. */
  private merge(terms: string, pages: number): boolean {
    const before = this.changes;
    this.connection.rows(sql`INSERT INTO ${raw(terms)} (${raw(terms)}, rank) VALUES ('merge', ${pages})`);
    // FTS5 tells by a change of its own structure record, which is the only one when nothing was left to merge.
    return this.changes - before >= 2;
  }

  private get changes(): number {
    return Number(this.connection.value(sql`SELECT total_changes()`));
  }

  private cutLog(): boolean {
    const isCut = () => this.connection.rows(sql`PRAGMA wal_checkpoint(TRUNCATE)`)[0]?.[0] === 0;
    if (!isCut()) return false;
    this.connection.rows(sql`DELETE FROM scrubbing`);
    return true;
  }
}
