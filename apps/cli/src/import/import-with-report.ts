import { ApiClient } from '../api-client/api-client.js';
import { type ConnectionOptions, findServer } from '../api-client/connection.js';
import type { CommandContext } from '../command-context.js';
import { Failure } from '../failure.js';
import { progressOn } from '../progress/progress-on.js';
import { type ImportRequest, runImport } from './run-import.js';
import { summaryOf } from './tally.js';

/**
 * An import as the user sees it: progress on standard error, the summary on standard output.
 * @throws Failure when rows were refused, too: they need somebody to look at them.
 */
export async function importWithReport(
  request: ImportRequest,
  connection: ConnectionOptions,
  { env, stdout, stderr, interruption }: CommandContext,
): Promise<void> {
  const server = await findServer(connection, env);
  const stop = interruption();
  const progress = progressOn(stderr);
  const onWait = (reason: string): void => progress.say(`waiting for the server (${reason})`);
  const client = new ApiClient(server, { signal: stop, onWait });
  const startedAt = performance.now();
  let hasBegun = false;
  let refused: number;
  try {
    refused = await runImport(request, {
      client,
      progress,
      stop,
      report: (tallies) => {
        hasBegun = true;
        stdout.write(`${summaryOf(tallies, performance.now() - startedAt)}\n`);
      },
    });
  } catch (error) {
    throw hasBegun && error instanceof Failure ? withAdvice(error) : error;
  } finally {
    await client.close();
  }
  if (refused > 0)
    throw new Failure(`${refused} ${refused === 1 ? 'row was' : 'rows were'} refused: see ${request.refusedFile}`);
}

function withAdvice({ message, exitCode }: Failure): Failure {
  return new Failure(`${message}: run the same command again to go on where it stopped`, exitCode);
}
