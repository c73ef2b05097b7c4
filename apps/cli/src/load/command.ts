import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { Interrupted } from '../failure.js';
import { progressOn } from '../progress/progress-on.js';
import { loadArchive } from './load-archive.js';

/** `sillage load <file>`. */
export function addLoadCommand(program: Command, { env, stdout, stderr, interruption }: CommandContext): void {
  program
    .command('load')
    .summary('carry the events of an export into a store')
    .description(
      'Appends the events that `sillage export` has written to the event store at EVENTSTOREDB_URL when that is set, ' +
        'else to that of the data directory SILLAGE_DATA_DIR, which no server may run on (docs/export.md). Safe to ' +
        'repeat: it goes on where it stopped.',
    )
    .argument('<file>', 'what `sillage export` has written')
    .action(async (file: string) => {
      // Loaded here: the stores would slow down every other command.
      const { openTarget } = await import('../registration.js');
      const target = await openTarget(env);
      const progress = progressOn(stderr);
      const signal = interruption();
      try {
        const request = { file, store: target.store, progress, signal };
        const { events, had } = await loadArchive(request).finally(() => progress.end());
        const already = had === 0 ? '' : `, ${had} of them from before`;
        stdout.write(`${events} events are in the store${already}, in the order of the archive\n`);
      } catch (error) {
        throw signal.aborted ? new Interrupted('interrupted: run the same command again to go on') : error;
      } finally {
        await target.close();
      }
    });
}
