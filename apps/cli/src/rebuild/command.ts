import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { Failure, Interrupted } from '../failure.js';
import { progressOn } from '../progress/progress-on.js';
import type { RebuildLock, Stores } from '../stores.js';
import { type Comparison, type Rebuilt, rebuildViews } from './rebuild-views.js';

/** `sillage rebuild`. */
export function addRebuildCommand(program: Command, { env, stdout, stderr, interruption }: CommandContext): void {
  program
    .command('rebuild')
    .summary('make the views anew from the events')
    .description(
      'Folds all events of the data directory (SILLAGE_DATA_DIR), or of EVENTSTOREDB_URL where only that is set, into ' +
        'new views (there, or in MONGODB_URI), compares them with those that serve, and lets them serve. A server may ' +
        'run meanwhile; it changes over by itself.',
    )
    .action(async () => {
      // Loaded here: the stores would slow down every other command.
      const { openStores } = await import('../registration.js');
      const stores = await openStores(env);
      let lock: RebuildLock | undefined;
      try {
        lock = await stores.lockRebuild();
        if (lock === undefined) throw new Failure('another process is rebuilding these views');
        const rebuilt = await rebuild(stores, stderr, { stop: interruption(), lost: lock.lost });
        for (const line of linesOf(rebuilt)) stdout.write(`${line}\n`);
      } finally {
        await lock?.release();
        await stores.close();
      }
    });
}

interface Ends {
  /** By the user. */
  readonly stop: AbortSignal;
  /** The lock is somebody else's. */
  readonly lost: AbortSignal;
}

async function rebuild(stores: Stores, stderr: NodeJS.WriteStream, { stop, lost }: Ends): Promise<Rebuilt> {
  const progress = progressOn(stderr);
  const ended = AbortSignal.any([stop, lost]);
  const rebuilt = await rebuildViews(stores, progress, ended)
    .finally(() => progress.end())
    .catch((error: unknown) => {
      if (stop.aborted) throw new Interrupted('interrupted: run the same command again to go on where it stopped');
      throw lost.aborted
        ? new Failure('another process has begun to rebuild these views: this one was held up')
        : error;
    });
  if (lost.aborted) throw new Failure('another process has begun to rebuild these views: this one was held up');
  await stores.generations.serve(rebuilt.generation);
  return rebuilt;
}

function linesOf({ events, folding, checksum, comparison }: Rebuilt): readonly string[] {
  const perSecond = Math.round((1_000 * events) / Math.max(1, folding));
  return [
    `folded ${events} events in ${Math.round(folding)} ms (${perSecond} events/s)`,
    `checksum ${checksum}`,
    ...comparisonLines(comparison),
  ];
}

function comparisonLines(comparison: Comparison): readonly string[] {
  switch (comparison.kind) {
    case 'same':
      return ['the views that served so far were the same'];
    case 'different':
      return [
        'the views that served so far differed from what the events say, and were replaced:',
        ...comparison.differences.map(({ in: where, tenant, key }) => `  ${where} ${tenant} ${key}`),
      ];
    case 'nothing-to-compare':
      return ['there were no views of this version before'];
    case 'not-at-rest':
      return ['the views that served so far were written to all the while: they were not compared, and were replaced'];
    default:
      return comparison satisfies never;
  }
}
