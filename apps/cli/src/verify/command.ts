import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { Failure, Interrupted } from '../failure.js';
import { progressOn } from '../progress/progress-on.js';
import { verify } from './verify.js';

/** `sillage verify`. */
export function addVerifyCommand(program: Command, { env, stdout, stderr, interruption }: CommandContext): void {
  program
    .command('verify')
    .summary('check the invariants over the events and the views')
    .description(
      'Checks that the events of the data directory (SILLAGE_DATA_DIR) are whole and that its views are what the ' +
        'events make of them, and names what is wrong. Changes nothing; a server may run on the directory.',
    )
    .action(async () => {
      // Loaded here: the stores would slow down every other command.
      const { openStores } = await import('../registration.js');
      const stores = openStores(env);
      const progress = progressOn(stderr);
      const stop = interruption();
      try {
        const { events, viewsPosition, findings } = await verify(stores, progress, stop).finally(() => progress.end());
        for (const finding of findings) stdout.write(`${finding}\n`);
        if (findings.length > 0) throw new Failure(`${findings.length} findings`);
        const views =
          viewsPosition === undefined ? 'there are no views' : `the views are right up to event ${viewsPosition}`;
        stdout.write(`${events} events are whole; ${views}\n`);
      } catch (error) {
        throw stop.aborted ? new Interrupted() : error;
      } finally {
        stores.close();
      }
    });
}
