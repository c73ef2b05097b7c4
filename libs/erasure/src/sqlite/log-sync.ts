import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const syncData = promisify(fdatasync);

/**
 * Waits until the write-ahead log of a database is on the disk, off the calling thread. Those who ask while the disk is
 * at work are served together by the next run. SQLite keeps its locks on other files, so another descriptor of this one
 * does not disturb them.
 */
export class LogSync {
  private readonly descriptor: number;
  private running: Promise<void> | undefined;
  private following: Promise<void> | undefined;

  /** @param file of the database, which is open: only then it has a log */
  constructor(file: string) {
    this.descriptor = openSync(`${file}-wal`, 'r+');
  }

  /** Resolves once all that was committed before the call is durable. */
  durable(): Promise<void> {
    if (this.running === undefined) return this.run();
    this.following ??= this.running.then(
      () => this.runNext(),
      () => this.runNext(),
    );
    return this.following;
  }

  async close(): Promise<void> {
    await this.following?.catch(() => undefined);
    await this.running?.catch(() => undefined);
    closeSync(this.descriptor);
  }

  private runNext(): Promise<void> {
    this.following = undefined;
    return this.run();
  }

  private run(): Promise<void> {
    this.running = syncData(this.descriptor).finally(() => {
      this.running = undefined;
    });
    return this.running;
  }
}
