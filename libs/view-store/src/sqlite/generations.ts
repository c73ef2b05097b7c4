import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ViewGenerations } from '../generations.js';
import type { Schema } from '../view.js';
import type { ViewBuild, ViewStore } from '../view-store.js';
import { SqliteViewBuild } from './on-thread/sqlite-view-build.js';
import { openForWriting } from './schema.js';
import { SqliteViewStore } from './sqlite-view-store.js';

/** Milliseconds between two looks at which generation serves. */
const LOOK_EVERY = 500;

/**
 * A file for each generation, and a pointer file that names the one that serves. The pointer changes by one atomic
 * rename, so a crash at any point leaves a generation that is whole, and another process may do it.
 */
export class SqliteGenerations implements ViewGenerations {
  constructor(
    private readonly directory: string,
    private readonly schema: Schema,
  ) {}

  async current(): Promise<number | undefined> {
    return this.serving;
  }

  async next(): Promise<number> {
    return this.following;
  }

  async open(generation: number): Promise<ViewStore> {
    return new SqliteViewStore(openForWriting(this.file(generation), this.schema), this.schema);
  }

  build(generation: number): Promise<ViewBuild> {
    return SqliteViewBuild.open(this.file(generation), this.schema);
  }

  async serve(generation: number): Promise<void> {
    const made = `${this.pointer}.new`;
    writeFileSync(made, `${generation}\n`, { flush: true });
    renameSync(made, this.pointer);
  }

  onServe(listener: (generation: number) => void): () => void {
    let last: number | undefined;
    const look = () => {
      const current = this.serving;
      if (current === undefined || current === last) return;
      last = current;
      listener(current);
    };
    look();
    // Not fs.watchFile: it misses what changes between its call and the first look of its own.
    const timer = setInterval(look, LOOK_EVERY);
    timer.unref();
    return () => clearInterval(timer);
  }

  async drop(generation: number): Promise<void> {
    for (const suffix of ['', '-wal', '-shm']) rmSync(this.file(generation) + suffix, { force: true });
  }

  async dropOthers(): Promise<void> {
    const kept = new Set([this.serving, this.following]);
    for (const name of readdirSync(this.directory)) {
      const generation = /^(\d+)\.db$/.exec(name)?.[1];
      if (generation !== undefined && !kept.has(Number(generation))) await this.drop(Number(generation));
    }
  }

  /** Path of a generation's file. */
  file(generation: number): string {
    return path.join(this.directory, `${generation}.db`);
  }

  private get serving(): number | undefined {
    if (!existsSync(this.pointer)) return undefined;
    const number = Number(readFileSync(this.pointer, 'utf8'));
    return Number.isSafeInteger(number) && existsSync(this.file(number)) ? number : undefined;
  }

  private get following(): number {
    return (this.serving ?? 0) + 1;
  }

  private get pointer(): string {
    return path.join(this.directory, 'current');
  }
}
