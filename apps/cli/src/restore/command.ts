import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { Interrupted } from '../failure.js';
import type { Completion } from '../restore.registration.js';
import { restoreBackup } from './restore-backup.js';

interface RestoreOptions {
  readonly masterKey?: string;
  readonly erasuresOf?: string;
}

/** `sillage restore <backup> <directory>`. */
export function addRestoreCommand(program: Command, { env, stdout, stderr, interruption }: CommandContext): void {
  program
    .command('restore')
    .summary('make a data directory of a backup')
    .description(
      'Makes a data directory of what `sillage backup` has made, after checking that nothing of that has changed. A ' +
        'server that is started on it makes the views anew, and a new administrator token (docs/backup.md).',
    )
    .argument('<backup>', 'the folder that `sillage backup` has made')
    .argument('<directory>', 'the data directory to make: a new or an empty one')
    .option(
      '--master-key <file>',
      'file with the master key, which no backup has (default: SILLAGE_MASTER_KEY, if set)',
    )
    .option('--erasures-of <directory>', 'forget again who is forgotten in this data directory, or later backup')
    .action(async (backup: string, directory: string, options: RestoreOptions) => {
      // Loaded here: the stores would slow down every other command.
      const { BACKED_UP, completeRestored, restoreTarget } = await import('../registration.js');
      const signal = interruption();
      let completion: Completion | undefined;
      const complete = async (stage: string): Promise<void> => {
        completion = await completeRestored(stage, options, env);
      };
      try {
        const target = () => restoreTarget(directory);
        const request = { folder: resolve(backup), known: BACKED_UP, target, complete, signal };
        const { events, head } = await restoreBackup(request);
        stdout.write(`${events} events, up to position ${head}, are in ${directory}\n`);
        for (const line of leftToDo(directory, options, completion)) stderr.write(`${line}\n`);
      } catch (error) {
        throw signal.aborted ? new Interrupted() : error;
      }
    });
}

function leftToDo(directory: string, { erasuresOf }: RestoreOptions, completion: Completion | undefined): string[] {
  const lines: string[] = [];
  if (completion?.lacksMasterKey)
    lines.push(`put the master key into ${directory}/master-key before you start a server`);
  if (erasuresOf === undefined) lines.push('who was forgotten after the backup is known again: see --erasures-of');
  return lines;
}
