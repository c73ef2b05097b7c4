import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { Interrupted } from '../failure.js';
import { progressOn } from '../progress/progress-on.js';
import { takeBackup } from './take-backup.js';

/** `sillage backup <folder>`. */
export function addBackupCommand(program: Command, { env, stdout, stderr, interruption }: CommandContext): void {
  program
    .command('backup')
    .summary('copy a data directory, also while a server runs on it')
    .description(
      'Makes a backup of the data directory SILLAGE_DATA_DIR, as it is at one moment, with a checksum of each file. ' +
        'A server may run on it, and write. `sillage restore` makes a data directory of it (docs/backup.md).',
    )
    .argument('<folder>', 'what the backup is to be; there must be nothing there yet')
    .action(async (folder: string) => {
      // Loaded here: the stores would slow down every other command.
      const { openBackupSource } = await import('../registration.js');
      const source = openBackupSource(env);
      const progress = progressOn(stderr);
      const signal = interruption();
      try {
        const request = { source, folder: resolve(folder), progress, signal, now: Date.now };
        const { events, head } = await takeBackup(request).finally(() => progress.end());
        stdout.write(`${events} events, up to position ${head}, are in ${folder}\n`);
      } catch (error) {
        throw signal.aborted ? new Interrupted() : error;
      }
    });
}
