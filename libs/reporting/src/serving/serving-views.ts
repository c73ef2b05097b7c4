import type { EventFeed } from '@sillage/event-feed';
import {
  type Answer,
  type DetailPage,
  type DetailRequest,
  type ListRequest,
  Projector,
  type ProjectorNotice,
  type ReadModels,
  ReportingReadModels,
  type ReportRequest,
} from '@sillage/reporting';
import { type ViewGenerations, type ViewStore, ViewsOfAnotherSchema } from '@sillage/view-store';

export interface ServingOptions {
  readonly feed: EventFeed;
  readonly generations: ViewGenerations;
  readonly log: (notice: ProjectorNotice) => void;
}

/** One generation of the views at work. */
interface Generation {
  readonly number: number;
  readonly store: ViewStore;
  readonly readModels: ReadModels;
  /** Those under way. */
  readonly reads: Set<Promise<unknown>>;
  /** Stops projecting, with everything that was begun written. */
  halt(): Promise<void>;
}

/** The read models over the generation that serves, which a rebuild exchanges while it is read. */
export class ServingViews implements ReadModels {
  private serving: Generation;
  private readonly stopWatching: () => void;

  private constructor(
    private readonly options: ServingOptions,
    generation: Generation,
    /** Nothing is answered from before this position. */
    private readonly from: number,
  ) {
    this.serving = generation;
    this.stopWatching = options.generations.onServe((number) => void this.exchange(number));
  }

  /**
   * Opens the views that served last. Where there are none, or only ones of another schema, new ones are begun: they
   * answer once they have caught up with the log as it is now.
   */
  static async open(options: ServingOptions): Promise<ServingViews> {
    const { feed, generations } = options;
    const kept = await reopened(generations);
    await generations.dropOthers();
    if (kept !== undefined) return new ServingViews(options, startGeneration(options, ...kept), 0);
    const number = await generations.next();
    await generations.drop(number);
    const store = await generations.open(number);
    await generations.serve(number);
    return new ServingViews(options, startGeneration(options, number, store), await feed.head());
  }

  list(request: ListRequest): Promise<Answer> {
    return this.read((readModels) => readModels.list(this.late(request)));
  }

  report(request: ReportRequest): Promise<Answer> {
    return this.read((readModels) => readModels.report(this.late(request)));
  }

  detail(request: DetailRequest): Promise<DetailPage> {
    return this.read((readModels) => readModels.detail(this.late(request)));
  }

  position(tenant: string): Promise<number> {
    return this.read((readModels) => readModels.position(tenant));
  }

  async close(): Promise<void> {
    this.stopWatching();
    await end(this.serving);
  }

  /** Another generation serves from now on, and catches up by itself; the one that served so far is dropped. */
  private async exchange(number: number): Promise<void> {
    const { generations } = this.options;
    const old = this.serving;
    this.serving = startGeneration(this.options, number, await generations.open(number));
    await end(old);
    await generations.drop(old.number);
  }

  /** Reads the generation that serves now, which is kept open until the read has ended. */
  private async read<T>(from: (readModels: ReadModels) => Promise<T>): Promise<T> {
    const { readModels, reads } = this.serving;
    const result = from(readModels);
    reads.add(result);
    try {
      return await result;
    } finally {
      reads.delete(result);
    }
  }

  private late<Request extends { readonly waitFor?: number }>(request: Request): Request {
    return this.from === 0 ? request : { ...request, waitFor: Math.max(this.from, request.waitFor ?? 0) };
  }
}

/** The generation that serves, unless it was made for another schema. */
async function reopened(generations: ViewGenerations): Promise<[number, ViewStore] | undefined> {
  const current = await generations.current();
  if (current === undefined) return undefined;
  try {
    return [current, await generations.open(current)];
  } catch (error) {
    if (error instanceof ViewsOfAnotherSchema) return undefined;
    throw error;
  }
}

function startGeneration({ feed, log }: ServingOptions, number: number, store: ViewStore): Generation {
  const projector = new Projector({ feed, store, log });
  const halting = new AbortController();
  const halted = projector.run(halting.signal);
  const halt = () => {
    halting.abort();
    return halted;
  };
  return { number, store, readModels: new ReportingReadModels(store, projector), reads: new Set(), halt };
}

async function end({ store, reads, halt }: Generation): Promise<void> {
  await halt();
  await Promise.allSettled(reads);
  await store.close();
}
