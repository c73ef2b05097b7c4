import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minorDigits } from '@sillage/kernel';
import { parse } from 'csv-parse/sync';
import { demoSizes, TABLES } from './world.js';
import { writeDemo } from './write-demo.js';

type Row = { readonly [column: string]: string };

describe('the demonstration data', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sillage-demo-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function written(request: { readonly size: number; readonly seed: number }, name = 'x'): Promise<string[]> {
    const target = join(folder, name);
    await writeDemo({ folder: target, ...request });
    return Promise.all(TABLES.map((table) => readFile(join(target, `${table}.csv`), 'utf8')));
  }

  it('is the same for the same seed, and other for another', async () => {
    const first = await written({ size: 500, seed: 7 });
    expect(await written({ size: 500, seed: 7 }, 'y')).toEqual(first);
    expect(await written({ size: 500, seed: 8 }, 'z')).not.toEqual(first);
  });

  it.each([1, 2, 9, 1_000, 12_345])('has %i records in all', (size) => {
    expect(Object.values(demoSizes(size)).reduce((sum, count) => sum + count)).toBe(size);
  });

  it('has amounts in many currencies with the decimals of each, and names in many scripts', async () => {
    const [accounts = '', , , opportunities = ''] = await written({ size: 4_000, seed: 1 });
    const rows: Row[] = parse(opportunities, { columns: true });
    const priced = rows.filter(({ amount }) => amount !== '');
    expect(new Set(priced.map(({ currency }) => currency)).size).toBeGreaterThan(6);
    expect(
      priced.every(({ amount = '', currency = '' }) => (amount.split('.')[1] ?? '').length === minorDigits(currency)),
    ).toBe(true);
    for (const script of ['Han', 'Arabic', 'Hangul', 'Greek', 'Latin']) {
      expect(new RegExp(`\\p{Script=${script}}`, 'u').test(accounts)).toBe(true);
    }
  });

  it('has dates that agree: nothing is closed before it began', async () => {
    const [, , , opportunities = ''] = await written({ size: 2_000, seed: 3 });
    const rows: Row[] = parse(opportunities, { columns: true });
    expect(rows.filter(({ stage }) => stage === 'won' || stage === 'lost').every(({ closed }) => closed !== '')).toBe(
      true,
    );
    expect(rows.every(({ created = '', closed = '' }) => closed === '' || closed >= created)).toBe(true);
  });
});
