import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { Failure, Interrupted } from '../failure.js';
import { progressOn } from '../progress/progress-on.js';
import { type VerifiedViews, verify } from './verify.js';

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
      const stores = await openStores(env);
      const progress = progressOn(stderr);
      const stop = interruption();
      try {
        const { events, views, findings } = await verify(stores, progress, stop).finally(() => progress.end());
        for (const finding of findings) stdout.write(`${finding}\n`);
        if (findings.length > 0) throw new Failure(`${findings.length} findings`);
        stdout.write(`${events} events are whole; ${wordsOf(views)}\n`);
        if (views.kind === 'not-at-rest')
          throw new Failure('the views were not verified: try again at a quieter moment');
      } catch (error) {
        throw stop.aborted ? new Interrupted() : error;
      } finally {
        await stores.close();
      }
    });
}

function wordsOf(views: VerifiedViews): string {
  switch (views.kind) {
    case 'none':
      return 'there are no views';
    case 'verified': {
      const of = views.positions.length === 1 ? '' : `, each of ${views.positions.length} partitions as far as it is`;
      return `the views are right up to event ${Math.max(...views.positions)}${of}`;
    }
    case 'not-at-rest':
      return 'the views were written to all the while';
    default:
      return views satisfies never;
  }
}
