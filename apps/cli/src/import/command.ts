import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { ConnectionOptions } from '../api-client/connection.js';
import { type CommandContext, withConnectionOptions } from '../command-context.js';
import { loadMapping } from '../mapping/load-mapping.js';
import { importWithReport } from './import-with-report.js';

interface ImportOptions extends ConnectionOptions {
  readonly mapping: string;
  readonly refused?: string;
}

/** `sillage import <folder> --mapping <file>`. */
export function addImportCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('import')
    .summary('import CSV files')
    .description('Imports the CSV files of a folder as a mapping says (docs/import.md). Safe to repeat.')
    .argument('<folder>', 'where the CSV files are')
    .requiredOption('--mapping <file>', 'YAML file that says what becomes of which column')
    .option('--refused <file>', 'where refused rows are listed (default: <folder>-refused.csv, here)');
  withConnectionOptions(command).action(async (folder: string, options: ImportOptions) => {
    const mapping = await loadMapping(options.mapping);
    const refusedFile = options.refused ?? `${basename(resolve(folder))}-refused.csv`;
    await importWithReport({ folder, mapping, refusedFile }, options, context);
  });
}
