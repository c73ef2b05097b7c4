import { describe, expect, it } from '@jest/globals';
import type { StoredCell, StoredDocument, ViewBatch } from '@sillage/view-store';
import { REPORTING_SCHEMA } from '../schema.js';
import { InMemoryViewStore } from '../testing/in-memory-view-store.js';
import { WriteBehind } from './write-behind.js';

const TENANT = 'acme';
const CUBE = REPORTING_SCHEMA.cubes[0]?.name ?? '';
const DIMENSIONS = ['p', 'new'];

describe('writing behind', () => {
  it('finds what is under way, and what was there before', async () => {
    const { store, views, release } = held();
    await store.apply(batch(0, 1, [account('a', 1)], [cell(1, { count: 1n })]));
    await views.apply(batch(1, 2, [account('b', 2)], [cell(2, { count: 2n })]));

    const found = await views.get('accounts', TENANT, ['a', 'b', 'c']);
    expect(found.map(({ id }) => id).sort()).toEqual(['a', 'b']);
    expect(await views.getCells(CUBE, TENANT, [DIMENSIONS])).toMatchObject([{ measures: { count: 2n } }]);
    expect(await store.checkpoint(0)).toBe(1);

    release();
    await views.settled();
    expect(await store.checkpoint(0)).toBe(2);
  });

  it('does not find a cell whose removal is under way', async () => {
    const { store, views, release } = held();
    await store.apply(batch(0, 1, [], [cell(1, { count: 1n })]));
    await views.apply(batch(1, 2, [], [cell(2, {})]));
    expect(await views.getCells(CUBE, TENANT, [DIMENSIONS])).toEqual([]);
    release();
    await views.settled();
  });

  it('tells a failure to whoever applies next, and to whoever waits for the end', async () => {
    const views = new WriteBehind({
      get: async () => [],
      getCells: async () => [],
      checkpoint: async () => 0,
      apply: async () => {
        throw new Error('disk full');
      },
    });
    await views.apply(batch(0, 1));
    await expect(views.apply(batch(1, 2))).rejects.toThrow('disk full');
    await expect(views.settled()).rejects.toThrow('disk full');
  });
});

/** Views whose batches are written when they are released, in order. */
function held() {
  const store = new InMemoryViewStore(REPORTING_SCHEMA);
  const { promise, resolve } = Promise.withResolvers<void>();
  const views = new WriteBehind({
    get: (...request) => store.get(...request),
    getCells: (...request) => store.getCells(...request),
    checkpoint: (partition) => store.checkpoint(partition),
    apply: async (written) => {
      await promise;
      await store.apply(written);
    },
  });
  return { store, views, release: resolve };
}

function batch(
  after: number,
  position: number,
  documents: ViewBatch['documents'] = [],
  cells: ViewBatch['cells'] = [],
): ViewBatch {
  return { documents, cells, checkpoint: { partition: 0, after, position } };
}

function account(id: string, position: number): StoredDocument & { readonly view: string } {
  const document = { id, name: id, createdAt: '2026-01-01T00:00:00.000Z' };
  return { view: 'accounts', tenant: TENANT, id, ordinal: position, position, deleted: false, document };
}

function cell(position: number, measures: StoredCell['measures']): StoredCell & { readonly cube: string } {
  return { cube: CUBE, tenant: TENANT, dimensions: DIMENSIONS, measures, position };
}
