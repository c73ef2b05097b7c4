import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { Failure, Interrupted } from '../failure.js';
import { progressOn } from '../progress/progress-on.js';
import type { Stores } from '../registration.js';
import { rebuildViews } from './rebuild-views.js';

/** `sillage rebuild`. */
export function addRebuildCommand(program: Command, { env, stdout, stderr, interruption }: CommandContext): void {
  program
    .command('rebuild')
    .summary('make the views anew from the events')
    .description(
      'Folds all events of the data directory (SILLAGE_DATA_DIR) into new views, compares them with those that serve, ' +
        'and lets them serve. A server may run on the directory meanwhile; it changes over by itself.',
    )
    .action(async () => {
      // Loaded here: the stores would slow down every other command.
      const { openStores } = await import('../registration.js');
      const stores = openStores(env);
      const lock = stores.lockRebuild();
      try {
        if (lock === undefined) throw new Failure('another process is rebuilding these views');
        await rebuild(stores, stdout, stderr, interruption());
      } finally {
        lock?.release();
        stores.close();
      }
    });
}

async function rebuild(
  stores: Stores,
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  stop: AbortSignal,
): Promise<void> {
  const progress = progressOn(stderr);
  progress.begin('rebuild', await stores.log.head(), 'events');
  const rebuilt = await rebuildViews(stores, progress, stop)
    .finally(() => progress.end())
    .catch((error: unknown) => {
      throw stop.aborted ? new Interrupted('interrupted: run the same command again to go on where it stopped') : error;
    });
  await stores.generations.serve(rebuilt.generation);
  const perSecond = Math.round((1_000 * rebuilt.events) / Math.max(1, rebuilt.folding));
  stdout.write(`folded ${rebuilt.events} events in ${Math.round(rebuilt.folding)} ms (${perSecond} events/s)\n`);
  stdout.write(`checksum ${rebuilt.checksum}\n`);
  if (rebuilt.differences.length === 0) {
    stdout.write('the views that served so far were the same\n');
    return;
  }
  stdout.write('the views that served so far differed from what the events say, and were replaced:\n');
  for (const { in: where, tenant, key } of rebuilt.differences) stdout.write(`  ${where} ${tenant} ${key}\n`);
}
