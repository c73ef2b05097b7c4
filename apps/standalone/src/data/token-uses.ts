import { existsSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import type { TokenUses } from '@sillage/gateway';
import { isJsonObject, type JsonValue } from '@sillage/kernel';
import type { Logger } from 'pino';

/** Milliseconds within which further uses of a token are not told apart, and after which they are written down. */
const MINUTE = 60_000;

/**
 * Keeps when each token was last used in a file, which is written at most once a minute. A crash loses the last minute;
 * whatever happens to the file, no request and no start fails for it.
 */
export class FileTokenUses implements TokenUses {
  private readonly uses: Map<string, number>;
  private waiting: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: string,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {
    this.uses = this.read();
  }

  lastUse(id: string): string | undefined {
    const use = this.uses.get(id);
    return use === undefined ? undefined : new Date(use).toISOString();
  }

  note(id: string, now: number): void {
    const minute = now - (now % MINUTE);
    if (this.uses.get(id) === minute) return;
    this.uses.set(id, minute);
    this.waiting ??= setTimeout(() => void this.write(), MINUTE).unref();
  }

  /** Writes down what is noted. */
  async close(): Promise<void> {
    if (this.waiting === undefined) return;
    clearTimeout(this.waiting);
    await this.write();
  }

  private read(): Map<string, number> {
    try {
      if (!existsSync(this.file)) return new Map();
      const read = JSON.parse(readFileSync(this.file, 'utf8')) as JsonValue;
      const entries = isJsonObject(read) ? Object.entries(read) : [];
      const uses = entries.map(([id, at]) => [id, Date.parse(String(at))] as const);
      return new Map(uses.filter(([, at]) => !Number.isNaN(at)));
    } catch (error) {
      this.logger.warn({ err: error }, `${this.file} cannot be read: uses of tokens are noted anew`);
      return new Map();
    }
  }

  /** Beside its place first, and on the disk before it is moved there: a crash leaves the old file or the new one. */
  private async write(): Promise<void> {
    this.waiting = undefined;
    const uses = Object.fromEntries([...this.uses.keys()].map((id) => [id, this.lastUse(id)]));
    try {
      const file = await open(`${this.file}.new`, 'w', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(uses)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${this.file}.new`, this.file);
    } catch (error) {
      this.logger.warn({ err: error }, `${this.file} cannot be written: uses of tokens are not kept`);
    }
  }
}
