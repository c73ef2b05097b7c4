import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ViewsMovedOn, ViewsOfAnotherSchema } from '../../errors.js';
import { viewStoreContract } from '../../testing/index.js';
import type { Schema } from '../../view.js';
import type { ViewBatch } from '../../view-store.js';
import { openSqliteViewStore } from '../index.js';
import { SqliteViewBuild } from './sqlite-view-build.js';

viewStoreContract('SQLite, written on a thread of its own', async (schema) => {
  const folder = await mkdtemp(join(tmpdir(), 'sillage-view-build-'));
  return {
    open: async () => {
      const build = await SqliteViewBuild.open(join(folder, 'views.db'), schema);
      await build.complete();
      return build;
    },
    remove: () => rm(folder, { recursive: true }),
  };
});

const SCHEMA: Schema = {
  views: [
    {
      name: 'notes',
      fields: { createdAt: { kind: 'instant', sortable: true }, size: { kind: 'number', sortable: true } },
    },
  ],
  cubes: [],
};

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sillage-view-build-'));
  file = join(folder, 'views.db');
});
afterEach(() => rm(folder, { recursive: true }));

describe('views that are built', () => {
  it('take a batch while the one before is being written, also of a new tenant', async () => {
    const build = await SqliteViewBuild.open(file, SCHEMA);
    await build.apply(batch(0, 'a'));
    // The new tenant must be told to the thread first: what comes behind waits for it.
    const applied = ['b', 'a', 'c'].map((tenant, index) => build.apply(batch(index + 1, tenant)));
    await Promise.all(applied);
    expect(await build.checkpoint(0)).toBe(4);
    await build.close();
  });

  it('write nothing after a batch that begins elsewhere', async () => {
    const build = await SqliteViewBuild.open(file, SCHEMA);
    const [first, wrong, next] = [build.apply(batch(0, 'a')), build.apply(batch(7, 'a')), build.apply(batch(8, 'a'))];
    await first;
    await expect(wrong).rejects.toThrow(ViewsMovedOn);
    await expect(next).rejects.toThrow(ViewsMovedOn);
    expect(await build.checkpoint(0)).toBe(1);
    await build.close();
  });

  it('have their indexes once they are complete, or opened to be kept up', async () => {
    const build = await SqliteViewBuild.open(file, SCHEMA);
    await build.apply(batch(0, 'a'));
    await build.complete();
    await build.apply(batch(1, 'a'));
    await build.complete();
    await build.close();
    const store = openSqliteViewStore({ file, schema: SCHEMA });
    const filter = { tenant: 'a', deleted: false, conditions: [], words: [] };
    const { documents } = await store.find('notes', { ...filter, sort: { field: 'size', descending: true }, limit: 5 });
    expect(documents.map((json) => JSON.parse(json).size)).toEqual([1, 0]);
    await store.close();
  });

  it('are not taken from views of another schema, nor from another file', async () => {
    const build = await SqliteViewBuild.open(file, SCHEMA);
    await build.close();
    await expect(SqliteViewBuild.open(file, { views: [], cubes: [] })).rejects.toThrow(ViewsOfAnotherSchema);
    const text = join(folder, 'text.db');
    await writeFile(text, 'no database, but a text that is long enough to be looked at as if it were one'.repeat(20));
    await expect(SqliteViewBuild.open(text, SCHEMA)).rejects.toThrow('cannot be opened');
  });

  it('answer nobody any more once they are closed', async () => {
    const build = await SqliteViewBuild.open(file, SCHEMA);
    await build.close();
    await expect(build.apply(batch(0, 'a'))).rejects.toThrow('has ended');
  });
});

/** One note of a tenant. */
function batch(after: number, tenant: string): ViewBatch {
  const document = { createdAt: '2026-01-01T00:00:00.000Z', size: after };
  const [id, position] = [`note-${after}`, after + 1];
  return {
    documents: [{ view: 'notes', tenant, id, ordinal: position, position, deleted: false, document }],
    cells: [],
    checkpoint: { partition: 0, after, position },
  };
}
