import { describe, expect, it } from '@jest/globals';
import { SampleLog } from './testing/samples.js';
import type { StoredDocument, ViewBatch } from './view-store.js';
import { type BatchWriter, WriteBehind, type WrittenViews } from './write-behind.js';

/** A writer that is done with a batch when it is told to be, and what it has written. */
class SlowWriter implements BatchWriter {
  readonly begun: ViewBatch[] = [];
  readonly written: StoredDocument[] = [];
  #finish: (() => void)[] = [];

  apply(batch: ViewBatch): Promise<void> {
    this.begun.push(batch);
    return new Promise((resolve) => {
      this.#finish.push(() => {
        this.written.push(...batch.documents);
        resolve();
      });
    });
  }

  finish(): void {
    this.#finish.shift()?.();
  }

  async complete(): Promise<void> {}
  async close(): Promise<void> {}
}

function given() {
  const writer = new SlowWriter();
  const views: Pick<WrittenViews, 'get' | 'checkpoint' | 'close'> = {
    get: async (_view, _tenant, ids) => writer.written.filter(({ id }) => ids.includes(id)),
    checkpoint: async () => writer.written.at(-1)?.position ?? 0,
    close: async () => {},
  };
  return { writer, behind: new WriteBehind(views as WrittenViews, writer), log: new SampleLog('tenant') };
}

describe('a batch that is written behind its maker', () => {
  it('lets the next one be made meanwhile, from documents that are not written yet', async () => {
    const { writer, behind, log } = given();
    const [one, two] = [log.created({ name: 'One' }), log.created({ name: 'Two' })];
    await behind.apply(log.batch({ documents: [one] }));
    await Promise.all([behind.apply(log.batch({ documents: [two] })), writer.finish()]);
    expect(writer.written.map(({ id }) => id)).toEqual([one.id]);

    const found = await behind.get('deals', 'tenant', [one.id, two.id, 'nobody']);
    expect(found.map(({ id, document }) => [id, document.name])).toEqual([
      [two.id, 'Two'],
      [one.id, 'One'],
    ]);
    expect(await behind.get('deals', 'another', [two.id])).toEqual([]);
    expect(await behind.get('others', 'tenant', [two.id])).toEqual([]);
  });

  it('is written before the next one is, and before anything else is read', async () => {
    const { writer, behind, log } = given();
    await behind.apply(log.batch({ documents: [log.created()] }));
    const next = behind.apply(log.batch({ documents: [log.created()] }));
    const checkpoint = behind.checkpoint(0);
    expect(writer.begun).toHaveLength(1);
    writer.finish();
    await next;
    expect(writer.begun).toHaveLength(2);
    expect(await checkpoint).toBe(1);
  });
});
