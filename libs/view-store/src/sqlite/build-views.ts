import { Worker } from 'node:worker_threads';
import { ThreadCaller } from '@sillage/messaging/threads';
import { ViewsMovedOn } from '../errors.js';
import type { Schema } from '../view.js';
import type { ViewBatch, ViewBuild } from '../view-store.js';
import { WriteBehind } from '../write-behind.js';
import { openForBuilding, openForReading } from './schema.js';
import { SqliteViewReader } from './sqlite-view-reader.js';
import type { BuildingThreadData, Outcome, SentBatch } from './view-builder.worker.js';

/**
 * Opens a generation that nobody reads yet in a file of its own, to be filled: its batches are written on a thread of
 * their own, and its indexes made when it is complete.
 * @throws ViewsOfAnotherSchema
 */
export function buildSqliteViews(file: string, schema: Schema): ViewBuild {
  // Makes the file, and says here what is wrong with it.
  openForBuilding(file, schema).close();
  const worker = new Worker(new URL('./view-builder.worker.js', import.meta.url), {
    workerData: { file, schema } satisfies BuildingThreadData,
  });
  const caller = new ThreadCaller(worker);
  worker.once('error', (error) => caller.fail(error));
  return new WriteBehind(new SqliteViewReader(openForReading(file, schema), schema), {
    apply: async (batch) => {
      const outcome = await caller.call<Outcome>('apply', sent(batch));
      if (outcome === 'views-moved-on') throw new ViewsMovedOn(batch.checkpoint.partition, batch.checkpoint.after);
    },
    complete: () => caller.call('complete'),
    close: async () => {
      await caller.call('close');
      await worker.terminate();
    },
  });
}

function sent({ documents, ...others }: ViewBatch): SentBatch {
  return { ...others, documents: JSON.stringify(documents) };
}
