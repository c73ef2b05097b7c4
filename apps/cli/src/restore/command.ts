import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { Interrupted } from '../failure.js';
import { restoreBackup } from './restore-backup.js';

/** `sillage restore <backup> <directory>`. */
export function addRestoreCommand(program: Command, { stdout, interruption }: CommandContext): void {
  program
    .command('restore')
    .summary('make a data directory of a backup')
    .description(
      'Makes a data directory of what `sillage backup` has made, after checking that nothing of that has changed. A ' +
        'server that is started on it makes the views anew, and a new administrator token (docs/backup.md).',
    )
    .argument('<backup>', 'the folder that `sillage backup` has made')
    .argument('<directory>', 'the data directory to make: a new or an empty one')
    .action(async (backup: string, directory: string) => {
      // Loaded here: the stores would slow down every other command.
      const { BACKED_UP, restoreTarget } = await import('../registration.js');
      const signal = interruption();
      try {
        const target = () => restoreTarget(directory);
        const request = { folder: resolve(backup), known: BACKED_UP, target, signal };
        const { events, head } = await restoreBackup(request);
        stdout.write(`${events} events, up to position ${head}, are in ${directory}\n`);
      } catch (error) {
        throw signal.aborted ? new Interrupted() : error;
      }
    });
}
