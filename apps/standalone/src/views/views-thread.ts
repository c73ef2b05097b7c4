import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Answer, DetailPage, ReadModels } from '@sillage/reporting';
import type { DataDirectory } from '../data/data-directory.js';
import { ThreadCaller } from './thread-calls.js';
import type { ViewsThreadData } from './views.worker.js';

/** The read side on a thread of its own, so that neither projection nor a large report slows a request. */
export interface ViewsThread {
  readonly readModels: ReadModels;
  /** False once the thread has ended. */
  isReady(): boolean;
  close(): Promise<void>;
}

/** @param onLoss Called when the thread has ended by itself: nothing can be read any more. */
export async function startViewsThread(directory: DataDirectory, onLoss: (error: Error) => void): Promise<ViewsThread> {
  const { eventsFile, viewsDirectory } = directory;
  const workerData: ViewsThreadData = { eventsFile, viewsDirectory };
  const worker = new Worker(new URL('./views.worker.js', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  await once(worker, 'message');
  const caller = new ThreadCaller(worker);
  let isRunning = true;
  worker.once('error', onLoss);
  const ended = once(worker, 'exit').then(() => {
    isRunning = false;
    caller.fail(new Error('the thread of the views has ended'));
  });
  return {
    readModels: {
      list: (request) => caller.call<Answer>('list', request),
      report: (request) => caller.call<Answer>('report', request),
      detail: (request) => caller.call<DetailPage>('detail', request),
      position: () => caller.call<number>('position'),
    },
    isReady: () => isRunning,
    close: async () => {
      if (isRunning) await caller.call('close');
      await worker.terminate();
      await ended;
    },
  };
}
