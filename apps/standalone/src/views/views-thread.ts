import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Answer, DetailPage, ReadModels } from '@sillage/reporting';
import type { DataDirectory } from '../data/data-directory.js';
import { ThreadCaller } from './thread-calls.js';
import type { ViewsThreadData } from './views.worker.js';

/** The read side on a thread of its own, so that neither projection nor a large report slows a request. */
export interface ViewsThread {
  readonly readModels: ReadModels;
  /** Resolves once the views are open. What is asked before waits until then. */
  readonly opened: Promise<void>;
  /** True while the views are open. */
  isReady(): boolean;
  close(): Promise<void>;
}

/**
 * Starts the thread, and does not wait for it: it opens its files while the rest of the process starts.
 * @param onLoss Called when the thread has ended by itself: nothing can be read any more.
 */
export function startViewsThread(
  { eventsFile, keysFile, viewsDirectory }: DataDirectory,
  masterKeys: readonly Uint8Array[],
  onLoss: (error: Error) => void,
): ViewsThread {
  const workerData: ViewsThreadData = { eventsFile, keysFile, masterKeys, viewsDirectory };
  const worker = new Worker(new URL('./views.worker.js', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const caller = new ThreadCaller(worker);
  let isReady = false;
  let hasEnded = false;
  const ended = once(worker, 'exit').then(() => {
    isReady = false;
    hasEnded = true;
    caller.fail(new Error('the thread of the views has ended'));
  });
  const opened = caller.call<void>('opened').then(() => {
    isReady = true;
  });
  // Whoever waits for `opened` is told too; a loss before anybody does must not end the process in another way.
  opened.catch(() => undefined);
  worker.once('error', onLoss);
  return {
    readModels: {
      list: (request) => caller.call<Answer>('list', request),
      report: (request) => caller.call<Answer>('report', request),
      detail: (request) => caller.call<DetailPage>('detail', request),
      position: (tenant) => caller.call<number>('position', tenant),
    },
    opened,
    isReady: () => isReady,
    close: async () => {
      if (!hasEnded) await caller.call('close');
      await worker.terminate();
      await ended;
    },
  };
}
