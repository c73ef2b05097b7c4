import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Schema } from '../view.js';
import { SqliteGenerations } from './generations.js';

const schema: Schema = {
  views: [{ name: 'notes', fields: { createdAt: { kind: 'instant', sortable: true } } }],
  cubes: [],
};

let folder: string;
let generations: SqliteGenerations;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sillage-generations-'));
  generations = new SqliteGenerations(folder, schema);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function make(number: number): Promise<void> {
  const store = await generations.open(number);
  await store.apply({ documents: [], cells: [], checkpoint: { partition: 0, after: 0, position: number } });
  await store.close();
}

describe('the generations of the views', () => {
  it('have none that serves until one is said to', async () => {
    expect([await generations.current(), await generations.next()]).toEqual([undefined, 1]);
    await make(1);
    expect(await generations.current()).toBeUndefined();
    await generations.serve(1);
    expect([await generations.current(), await generations.next()]).toEqual([1, 2]);
    expect(await new SqliteGenerations(folder, schema).current()).toBe(1);
  });

  it('have none that serves when its file is lost, or nobody can read which it is', async () => {
    await make(1);
    await generations.serve(1);
    await generations.drop(1);
    expect(await generations.current()).toBeUndefined();
    writeFileSync(path.join(folder, 'current'), '?');
    expect(await generations.current()).toBeUndefined();
  });

  it('keep the one that serves and the one being made, and drop the others whole', async () => {
    for (const number of [1, 2, 3, 4]) await make(number);
    await generations.serve(2);
    await generations.dropOthers();
    expect([1, 2, 3, 4].map((number) => existsSync(generations.file(number)))).toEqual([false, true, true, false]);
    const again = await generations.open(3);
    expect(await again.checkpoint(0)).toBe(3);
    await again.close();
  });

  it('tell which one serves, and when another process says that another does', async () => {
    await make(1);
    await generations.serve(1);
    const told: number[] = [];
    const stop = generations.onServe((number) => told.push(number));
    expect(told).toEqual([1]);
    await make(2);
    await new SqliteGenerations(folder, schema).serve(2);
    while (told.length < 2) await setTimeout(10);
    expect(told).toEqual([1, 2]);
    stop();
  });
});
