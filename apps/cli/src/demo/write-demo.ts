import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { DEMO_MAPPING } from './demo-mapping.js';
import { DEMO_TABLES, type DemoTable } from './tables.js';
import { Chances, demoSizes, TABLES } from './world.js';

/** The same request writes the same files. */
export interface DemoRequest {
  readonly folder: string;
  /** Records in all. */
  readonly size: number;
  readonly seed: number;
}

/** Writes a CSV file of each type and the mapping that imports them, in constant memory. */
export async function writeDemo({ folder, size, seed }: DemoRequest): Promise<{ readonly mapping: string }> {
  await mkdir(folder, { recursive: true });
  const sizes = demoSizes(size);
  // One after the other: the tables share their dice.
  for (const name of TABLES) {
    await writeTable(join(folder, `${name}.csv`), DEMO_TABLES[name], sizes[name], new Chances(sizes, seed, name));
  }
  const mapping = join(folder, 'mapping.yaml');
  await writeFile(mapping, DEMO_MAPPING);
  return { mapping };
}

async function writeTable(path: string, table: DemoTable, size: number, chances: Chances): Promise<void> {
  await pipeline(Readable.from(rowsOf(table, size, chances)), stringify(), createWriteStream(path));
}

function* rowsOf(table: DemoTable, size: number, chances: Chances): Generator<readonly string[]> {
  yield table.columns;
  for (let number = 1; number <= size; number += 1) yield table.row(number, chances);
}
