import { setTimeout } from 'node:timers/promises';
import { Problem } from '@sillage/kernel';
import { type ViewGenerations, type ViewStore, ViewsOfAnotherSchema } from '@sillage/view-store';
import type { Answer, DetailPage, DetailRequest, ListRequest, ReadModels, ReportRequest } from '../read-models.js';
import { LONGEST_WAIT, ReportingReadModels } from '../reporting-read-models.js';
import type { ViewsNotice } from './log-notice.js';
import type { Project, Projection } from './projection.js';

export interface ServingOptions {
  readonly generations: ViewGenerations;
  readonly project: Project;
  /**
   * Milliseconds that a generation is kept which serves no more: for other processes, which may have to notice first, or
   * are of an older version and go on with it.
   */
  readonly keepFor: number;
  readonly log: (notice: ViewsNotice) => void;
  /** The views can be served no more, for this reason: end the process, to be started again. */
  readonly onLoss: (reason: unknown) => void;
}

/** One generation of the views at work. */
interface Generation {
  readonly number: number;
  readonly store: ViewStore;
  readonly projection: Projection;
  readonly readModels: ReadModels;
  /** Those under way. */
  readonly reads: Set<Promise<unknown>>;
}

/** The read models over the generation that serves, which a rebuild exchanges while it is read. */
export class ServingViews implements ReadModels {
  private serving: Generation;
  private readonly isServed = Promise.withResolvers<void>();
  private isYoung = true;
  private changing: Promise<void> = Promise.resolve();
  private readonly closing = new AbortController();
  private readonly stopWatching: () => void;

  private constructor(
    private readonly options: ServingOptions,
    generation: Generation,
  ) {
    const { generations } = options;
    this.serving = generation;
    void generation.projection.caughtUp.then(() => this.change(() => this.comeOfAge(generation)));
    this.stopWatching = generations.onServe((number) => this.change(() => this.serve(number)));
  }

  /**
   * Opens the views that serve. Where there are none, or only ones of another schema, new ones are begun, or those gone
   * on with that another process has begun: they answer, and serve, once they have caught up with the log as it is now.
   */
  static async open(options: ServingOptions): Promise<ServingViews> {
    const { generations } = options;
    const kept = await reopened(generations);
    const [number, store] = kept ?? (await begun(generations));
    const views = new ServingViews(options, await startGeneration(options, number, store));
    if (kept !== undefined) views.answer();
    return views;
  }

  list(request: ListRequest): Promise<Answer> {
    return this.read((readModels) => readModels.list(request));
  }

  report(request: ReportRequest): Promise<Answer> {
    return this.read((readModels) => readModels.report(request));
  }

  detail(request: DetailRequest): Promise<DetailPage> {
    return this.read((readModels) => readModels.detail(request));
  }

  position(tenant: string): Promise<number> {
    return this.serving.readModels.position(tenant);
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.stopWatching();
    await this.changing;
    await end(this.serving);
  }

  private answer(): void {
    this.isYoung = false;
    this.isServed.resolve();
    void this.dropOthers();
  }

  /** The generation that was begun here is whole. */
  private async comeOfAge({ number }: Generation): Promise<void> {
    if (!this.isYoung) return;
    await this.options.generations.serve(number);
    this.answer();
  }

  /** One after the other. */
  private change(step: () => Promise<void>): void {
    this.changing = this.changing
      .then(() => (this.closing.signal.aborted ? undefined : step()))
      .catch((reason: unknown) => this.options.onLoss(reason));
  }

  /** This generation serves from now on, and catches up by itself; the one that served so far is let go of. */
  private async serve(number: number): Promise<void> {
    const old = this.serving;
    if (number === old.number) {
      if (this.isYoung) this.answer();
      return;
    }
    const store = await this.openOwn(number);
    if (store === undefined) return;
    this.serving = await startGeneration(this.options, number, store);
    await end(old);
    this.answer();
  }

  private async openOwn(number: number): Promise<ViewStore | undefined> {
    const { generations, log } = this.options;
    try {
      return await generations.open(number);
    } catch (error) {
      if (!(error instanceof ViewsOfAnotherSchema)) throw error;
      log({ kind: 'of-another-version', generation: number });
      return undefined;
    }
  }

  /** Of two processes that drop the same, one may fail. */
  private async dropOthers(): Promise<void> {
    const { generations, keepFor, log } = this.options;
    const { signal } = this.closing;
    try {
      await setTimeout(keepFor, undefined, { signal, ref: false });
      await generations.dropOthers();
    } catch (error) {
      if (!signal.aborted) log({ kind: 'not-dropped', error });
    }
  }

  /** Reads the generation that serves now, which is kept open until the read has ended. */
  private async read<T>(from: (readModels: ReadModels) => Promise<T>): Promise<T> {
    if (this.isYoung) await this.served();
    const { readModels, reads } = this.serving;
    const result = from(readModels);
    reads.add(result);
    try {
      return await result;
    } finally {
      reads.delete(result);
    }
  }

  private async served(): Promise<void> {
    await Promise.race([this.isServed.promise, setTimeout(LONGEST_WAIT, undefined, { ref: false })]);
    if (this.isYoung) throw new Problem('views-behind');
  }
}

/** The generation that serves, unless it was made for another schema. */
async function reopened(generations: ViewGenerations): Promise<[number, ViewStore] | undefined> {
  const current = await generations.current();
  return current === undefined ? undefined : openedAs(generations, current);
}

/** The next generation of this schema: all processes that look for it at once find the same one. */
async function begun(generations: ViewGenerations): Promise<[number, ViewStore]> {
  for (let number = await generations.next(); ; number += 1) {
    const opened = await openedAs(generations, number);
    if (opened !== undefined) return opened;
  }
}

async function openedAs(generations: ViewGenerations, number: number): Promise<[number, ViewStore] | undefined> {
  try {
    return [number, await generations.open(number)];
  } catch (error) {
    if (error instanceof ViewsOfAnotherSchema) return undefined;
    throw error;
  }
}

async function startGeneration({ project }: ServingOptions, number: number, store: ViewStore): Promise<Generation> {
  const projection = await project(store, number);
  const readModels = new ReportingReadModels(store, projection.progress);
  return { number, store, projection, readModels, reads: new Set() };
}

async function end({ store, reads, projection }: Generation): Promise<void> {
  await projection.halt();
  await Promise.allSettled(reads);
  await store.close();
}
