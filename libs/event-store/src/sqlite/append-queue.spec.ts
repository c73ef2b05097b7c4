import type { Worker } from 'node:worker_threads';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM, OutcomeUnknown, StoreUnavailable } from '@sillage/kernel';
import { anEvent, aStream, aTenant } from '../testing/samples.js';
import { AppendQueue } from './append-queue.js';
import { startWriter } from './start-writer.js';
import { TemporaryFile } from './testing/temporary-file.js';

describe('an append queue', () => {
  const file = new TemporaryFile();
  const tenant = aTenant();
  let worker: Worker;
  let queue: AppendQueue;
  let losses: Error[];

  beforeEach(async () => {
    worker = await startWriter(file.path);
    losses = [];
    queue = new AppendQueue(worker, (error) => losses.push(error));
  });

  const append = () => queue.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);

  it('says of appends under way that their outcome is unknown when the writer is lost', async () => {
    const appends = Array.from({ length: 10 }, append);
    const [results] = await Promise.all([Promise.allSettled(appends), worker.terminate()]);

    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(reasons).toHaveLength(10);
    expect(reasons.every((reason) => reason instanceof OutcomeUnknown)).toBe(true);
  });

  it('refuses appends once the writer is lost', async () => {
    await append();
    await worker.terminate();
    await expect(append()).rejects.toThrow(StoreUnavailable);
    expect(losses).toHaveLength(1);
    await expect(queue.close()).resolves.toBeUndefined();
  });

  it('acknowledges what is under way before it closes, and refuses what comes later', async () => {
    const appends = Array.from({ length: 10 }, append);
    const closing = queue.close();
    const late = append();

    await expect(late).rejects.toThrow(StoreUnavailable);
    await expect(Promise.all(appends)).resolves.toHaveLength(10);
    await closing;
    expect(losses).toEqual([]);
  });

  it('refuses only the append whose data is not JSON', async () => {
    const cyclic: Record<string, never> = {};
    Object.assign(cyclic, { cyclic });
    const other = append();
    await expect(queue.append(aStream(tenant), NO_STREAM, [anEvent({ tenant, data: cyclic })])).rejects.toThrow(
      TypeError,
    );
    await expect(other).resolves.toMatchObject({ revision: 0 });
    await queue.close();
  });
});
