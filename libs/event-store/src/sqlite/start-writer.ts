import { Worker } from 'node:worker_threads';
import { StoreNotOpened, StoreTooNew } from '../errors.js';
import { SCHEMA_VERSION } from './schema.js';
import type { OpeningReply } from './writer-messages.js';

/**
 * Starts the thread that writes to a file; it makes the file a store when it is missing or empty.
 * @throws StoreNotOpened, StoreTooNew
 */
export async function startWriter(file: string): Promise<Worker> {
  const worker = new Worker(new URL('./writer.worker.js', import.meta.url), {
    workerData: file,
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const reply = await new Promise<OpeningReply>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  switch (reply.kind) {
    case 'opened':
      return worker;
    case 'not-opened':
      throw new StoreNotOpened(file, reply.reason);
    case 'too-new':
      throw new StoreTooNew(file, reply.found, SCHEMA_VERSION);
  }
}
