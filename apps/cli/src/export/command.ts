import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { Interrupted } from '../failure.js';
import { progressOn } from '../progress/progress-on.js';
import { exportEvents } from './export-events.js';

/** `sillage export <file>`. */
export function addExportCommand(program: Command, { env, stdout, stderr, interruption }: CommandContext): void {
  program
    .command('export')
    .summary('write all stored events into a file')
    .description(
      'Writes every event of the event store (the one at EVENTSTOREDB_URL when that is set, else that of the data ' +
        'directory SILLAGE_DATA_DIR) as JSON lines, for `sillage load` to carry into another store (docs/export.md). ' +
        'Changes nothing; a server may run on the store.',
    )
    .argument('<file>', 'where they go; an older file of this name is replaced')
    .action(async (file: string) => {
      // Loaded here: the stores would slow down every other command.
      const { openSource } = await import('../registration.js');
      const source = await openSource(env);
      const progress = progressOn(stderr);
      const signal = interruption();
      try {
        const request = { log: source.log, file, progress, signal, now: Date.now };
        const { events, digest } = await exportEvents(request).finally(() => progress.end());
        stdout.write(`${events} events are in ${file}\ndigest ${digest}\n`);
      } catch (error) {
        throw signal.aborted ? new Interrupted() : error;
      } finally {
        await source.close();
      }
    });
}
