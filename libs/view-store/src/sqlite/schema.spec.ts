import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { ViewsOfAnotherSchema } from '../errors.js';
import { SampleLog } from '../testing/samples.js';
import type { Schema } from '../view.js';
import { openSqliteViewStore } from './index.js';
import { TemporaryFile } from './testing/temporary-file.js';

const view = {
  name: 'v',
  fields: { createdAt: { kind: 'instant', sortable: true }, name: { kind: 'keyword' } },
} as const;
const schema: Schema = { views: [view], cubes: [{ name: 'c', dimensions: ['a', 'b'] }] };

const OTHER_SCHEMAS: readonly (readonly [string, Schema])[] = [
  ['a view more', { ...schema, views: [...schema.views, { ...view, name: 'w' }] }],
  ['a view less', { ...schema, views: [] }],
  ['a field more', { ...schema, views: [{ ...view, fields: { ...view.fields, more: { kind: 'text' } } }] }],
  ['a field of another kind', { ...schema, views: [{ ...view, fields: { ...view.fields, name: { kind: 'text' } } }] }],
  [
    'a field that is searched now',
    { ...schema, views: [{ ...view, fields: { ...view.fields, name: { kind: 'keyword', searched: true } } }] },
  ],
  [
    'fields in another order',
    { ...schema, views: [{ ...view, fields: { name: view.fields.name, createdAt: view.fields.createdAt } }] },
  ],
  ['a cube less', { ...schema, cubes: [] }],
  ['dimensions in another order', { ...schema, cubes: [{ name: 'c', dimensions: ['b', 'a'] }] }],
];

describe('a file of views', () => {
  const file = new TemporaryFile();

  it('opens for the schema that it was made for', async () => {
    await openSqliteViewStore({ file: file.path, schema }).close();
    await openSqliteViewStore({ file: file.path, schema: structuredClone(schema) }).close();
    await openSqliteViewStore({ file: file.path, schema, readOnly: true }).close();
  });

  it.each(OTHER_SCHEMAS)('does not open for a schema with %s, and keeps what it has', async (_, other) => {
    const store = openSqliteViewStore({ file: file.path, schema });
    await store.apply({ documents: [], cells: [], checkpoint: { partition: 0, after: 0, position: 5 } });
    await store.close();

    expect(() => openSqliteViewStore({ file: file.path, schema: other })).toThrow(ViewsOfAnotherSchema);
    expect(() => openSqliteViewStore({ file: file.path, schema: other, readOnly: true })).toThrow(ViewsOfAnotherSchema);

    const again = openSqliteViewStore({ file: file.path, schema });
    expect(await again.checkpoint(0)).toBe(5);
    await again.close();
  });

  it('of an older layout does not open', async () => {
    await openSqliteViewStore({ file: file.path, schema }).close();
    const database = new DatabaseSync(file.path);
    database.exec('PRAGMA user_version = 0');
    database.close();

    expect(() => openSqliteViewStore({ file: file.path, schema })).toThrow(ViewsOfAnotherSchema);
  });

  it('is not made of the database of another program', () => {
    const database = new DatabaseSync(file.path);
    database.exec('CREATE TABLE theirs (a)');

    expect(() => openSqliteViewStore({ file: file.path, schema })).toThrow(ViewsOfAnotherSchema);

    expect(database.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'theirs' }]);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' });
    database.close();
  });

  it('is not made by a reader', () => {
    expect(() => openSqliteViewStore({ file: file.path, schema, readOnly: true })).toThrow('unable to open');
  });

  it('may have any names', async () => {
    const names = [`it's "quoted"`, 'select', 'with space', 'é', 'key', 'position', 'document', 'a;b--c'];
    const odd: Schema = {
      views: names.map((name) => ({
        name,
        fields: Object.fromEntries(names.map((field) => [field, { kind: 'money', sortable: true, searched: true }])),
      })),
      cubes: names.map((name) => ({ name, dimensions: names })),
    };
    const store = openSqliteViewStore({ file: file.path, schema: odd });
    const log = new SampleLog('tenant');
    const document = log.created(Object.fromEntries(names.map((name) => [name, { value: '1', currency: 'EUR' }])));
    await store.apply(log.batch({ documents: names.map((name) => ({ ...document, view: name })) }));
    for (const name of names) {
      const conditions = names.map((field) => ({ field, operator: 'gte', value: 100 }) as const);
      const query = { tenant: 'tenant', conditions, words: ['eur'], deleted: false, limit: 1 };
      const found = await store.find(name, { ...query, sort: { field: name, descending: true } });
      expect(found.documents).toHaveLength(1);
      const cells = names.map((field) => ({ field, operator: 'exists', value: false }) as const);
      expect(await store.cells(name, 'tenant', cells)).toEqual([]);
    }
    await store.close();
  });
});
