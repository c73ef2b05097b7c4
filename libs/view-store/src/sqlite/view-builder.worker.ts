import { parentPort, workerData } from 'node:worker_threads';
import { serveCalls } from '@sillage/messaging/threads';
import { ViewsMovedOn } from '../errors.js';
import type { Schema } from '../view.js';
import type { ViewBatch } from '../view-store.js';
import { createMissingIndexes, openForBuilding } from './schema.js';
import { SqliteViewStore } from './sqlite-view-store.js';

/** What a thread builds. */
export interface BuildingThreadData {
  readonly file: string;
  readonly schema: Schema;
}

/** A batch with its documents as one JSON text, which takes half the time that cloning objects does. */
export type SentBatch = Omit<ViewBatch, 'documents'> & { readonly documents: string };

export type Outcome = 'applied' | 'views-moved-on';

if (parentPort === null) throw new Error('views are built on a thread of their own');
const { file, schema } = workerData as BuildingThreadData;
const connection = openForBuilding(file, schema);
const store = new SqliteViewStore(connection, schema);

serveCalls(parentPort, {
  apply: async ({ documents, ...others }: SentBatch): Promise<Outcome> => {
    try {
      await store.apply({ ...others, documents: JSON.parse(documents) });
      return 'applied';
    } catch (error) {
      if (error instanceof ViewsMovedOn) return 'views-moved-on';
      throw error;
    }
  },
  complete: async () => createMissingIndexes(connection, schema),
  close: () => store.close(),
});
