import { describe, expect, it } from '@jest/globals';
import { InMemoryViewStore } from '../testing/in-memory-view-store.js';
import { checksum } from './checksum.js';
import { differences } from './differences.js';

const SCHEMA = {
  views: [{ name: 'things', fields: { createdAt: { kind: 'instant', sortable: true } } }],
  cubes: [{ name: 'sums', dimensions: ['colour'] }],
} as const;

describe('two generations of the views', () => {
  it('with the same documents and cells have the same checksum, in whatever order they were written', async () => {
    const [a, b] = [await store(['x', 'y'], ['red', null]), await store(['y', 'x'], [null, 'red'])];
    expect(await checksum(a, SCHEMA)).toBe(await checksum(b, SCHEMA));
    expect(await differences(a, b, 10, SCHEMA)).toEqual([]);
  });

  it('are told apart by a document, a cell, or a position', async () => {
    const whole = await store(['x'], ['red']);
    for (const other of [await store([], ['red']), await store(['x'], []), await store(['x'], ['red'], 8)]) {
      expect(await checksum(other, SCHEMA)).not.toBe(await checksum(whole, SCHEMA));
    }
  });

  it('are compared in step, and the first differences named', async () => {
    const [a, b] = [await store(['a', 'b', 'd'], ['red']), await store(['b', 'c', 'd'], ['blue', 'red'])];
    const found = await differences(a, b, 10, SCHEMA);
    expect(found.map(({ key, a, b }) => [key, a !== undefined, b !== undefined])).toEqual([
      ['a', true, false],
      ['c', false, true],
      ['["blue"]', false, true],
    ]);
    expect(found[0]).toMatchObject({ in: 'things', tenant: 'acme' });
    expect(await differences(a, b, 2, SCHEMA)).toEqual(found.slice(0, 2));
  });
});

async function store(
  ids: readonly string[],
  colours: readonly (string | null)[],
  position = 7,
): Promise<InMemoryViewStore> {
  const made = new InMemoryViewStore(SCHEMA);
  await made.apply({
    documents: ids.map((id) => ({
      view: 'things',
      tenant: 'acme',
      id,
      ordinal: 1,
      position,
      deleted: false,
      document: { id, createdAt: '2026-01-01T00:00:00.000Z' },
    })),
    cells: colours.map((colour) => ({
      cube: 'sums',
      tenant: 'acme',
      dimensions: [colour],
      measures: { count: 1n },
      position,
    })),
    checkpoint: { partition: 0, after: 0, position },
  });
  return made;
}
