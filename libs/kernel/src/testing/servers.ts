import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** The variables that name the servers of a test run, as they name those of a process. */
export type ServerVariable = 'EVENTSTOREDB_URL' | 'KAFKA_BROKERS' | 'MONGODB_URI';

/** Where a server is, as the variable tells it; else why there is none, to be given as the reason for what is not run. */
export type FoundServer = { readonly at: string } | { readonly missing: string };

/**
 * The server that a variable names, else the one that the test run has for all its specs, which it starts when it is first
 * asked for. That may take minutes, where an image or a program must be fetched.
 */
export async function serverOf(variable: ServerVariable): Promise<FoundServer> {
  const given = process.env[variable];
  if (given) return { at: given };
  const run = process.env.SILLAGE_TEST_SERVERS;
  if (!run) return { missing: `${variable} is not set` };
  // Not by `fetch`, which waits for five minutes at most.
  const [answer] = (await once(get(`${run}/${variable}`), 'response')) as [IncomingMessage];
  const said = await text(answer);
  return answer.statusCode === 200 ? { at: said } : { missing: said };
}
