import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { filterOf, SampleLog, SCHEMA } from '../testing/samples.js';
import { openSqliteViewStore, type SqliteViewStore } from './index.js';

const CANARY = 'zqcanary';

describe('a document that is erased', () => {
  let folder: string;
  let log: SampleLog;
  let store: SqliteViewStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sillage-scrubbing-'));
    log = new SampleLog('acme');
    store = open();
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const open = () => openSqliteViewStore({ file: join(folder, 'views.db'), schema: SCHEMA });
  const filesWith = (text: string) =>
    readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));

  /** Documents of others, with a few words each, so that the index has several segments and levels. */
  async function applyOthers(from: number): Promise<void> {
    for (let batch = 0; batch < 40; batch += 1) {
      const documents = Array.from({ length: 20 }, (_, n) => {
        const number = from + batch * 20 + n;
        return log.created({ name: `word${number} deal`, notes: `text ${number % 17}` });
      });
      await store.apply(log.batch({ documents }));
    }
  }

  async function applyErased(): Promise<void> {
    const first = log.created({ name: `${CANARY} one`, notes: `${CANARY} `.repeat(2_000) });
    await store.apply(log.batch({ documents: [first] }));
    await applyOthers(0);
    const second = log.changed(first, { name: `${CANARY} two`, notes: CANARY });
    await store.apply(log.batch({ documents: [second] }));
    await applyOthers(1_000);
    expect(filesWith(CANARY)).not.toEqual([]);
    const { id, createdAt } = first.document;
    const last = { ...log.changed(second, {}), document: { id, createdAt, owner: 'Ann' } } as typeof second;
    await store.apply({ ...log.batch({ documents: [last] }), erases: true });
  }

  async function untilGone(): Promise<void> {
    const deadline = performance.now() + 10_000;
    while (filesWith(CANARY).length > 0 && performance.now() < deadline) await setTimeout(20);
    expect(filesWith(CANARY)).toEqual([]);
  }

  it('is in none of the files a moment later, and what remains is found as before', async () => {
    await applyErased();
    await untilGone();
    const found = (text: string) => store.count('deals', filterOf('acme', { words: [text] }), 10_000);
    expect(await found('zqcanary')).toBe(0);
    expect(await found('deal')).toBe(1_600);
    expect(await found('word1001')).toBe(1);
  });

  it('is so also when the process ends before', async () => {
    await applyErased();
    await store.close();
    store = open();
    await untilGone();
  });

  it('is so once nobody reads an older state any more', async () => {
    await applyErased();
    await store.snapshot(async () => setTimeout(50));
    await untilGone();
  });
});
