import { ViewsOfAnotherSchema } from '@sillage/view-store';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { Failure } from '../failure.js';

/** `sillage indexes`. */
export function addIndexesCommand(program: Command, { env, stdout }: CommandContext): void {
  program
    .command('indexes')
    .summary('create the indexes of the views that are missing')
    .description(
      'Creates the indexes of the views that serve in MongoDB (MONGODB_URI), or of the first ones, as far as they are ' +
        'missing, and waits until they are there. May be run at any time, and again.',
    )
    .action(async () => {
      // Loaded here: the driver would slow down every other command.
      const { openDistributedViews } = await import('../views.registration.js');
      const { generations, close } = await openDistributedViews(env);
      try {
        const created = await generations.createIndexes((await generations.current()) ?? (await generations.next()));
        for (const name of created) stdout.write(`created ${name}\n`);
        if (created.length === 0) stdout.write('no index is missing\n');
      } catch (error) {
        if (!(error instanceof ViewsOfAnotherSchema)) throw error;
        throw new Failure('the views that serve were made by another version: they have its indexes');
      } finally {
        await close();
      }
    });
}
