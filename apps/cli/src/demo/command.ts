import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { ConnectionOptions } from '../api-client/connection.js';
import { type CommandContext, withConnectionOptions } from '../command-context.js';
import { importWithReport } from '../import/import-with-report.js';
import { loadMapping } from '../mapping/load-mapping.js';
import { wholeNumber } from '../whole-number.js';

interface DemoOptions extends ConnectionOptions {
  readonly size: number;
  readonly seed: number;
  readonly out?: string;
}

/** `sillage demo [--size N] [--seed S] [--out <folder>]`. */
export function addDemoCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('demo')
    .summary('fill a server with generated data')
    .description('Writes generated CSV files and their mapping, and imports them. The same seed gives the same data.')
    .option('--size <records>', 'how many records in all', wholeNumber(1), 1_000)
    .option('--seed <number>', 'other seeds give other data', wholeNumber(0), 1)
    .option('--out <folder>', 'where to keep the files (default: a temporary folder, removed at the end)');
  withConnectionOptions(command).action(async ({ size, seed, out, ...connection }: DemoOptions) => {
    const folder = out ?? (await mkdtemp(join(tmpdir(), 'sillage-demo-')));
    try {
      // Loaded here: the names of eleven languages would slow down every other command.
      const { writeDemo } = await import('./write-demo.js');
      const mapping = await loadMapping((await writeDemo({ folder, size, seed })).mapping);
      await importWithReport({ folder, mapping, refusedFile: 'demo-refused.csv' }, connection, context);
    } finally {
      if (out === undefined) await rm(folder, { recursive: true, force: true });
    }
  });
}
