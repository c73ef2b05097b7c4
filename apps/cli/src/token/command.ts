import type { Command } from 'commander';
import { type ConnectionOptions, findServer } from '../api-client/connection.js';
import { TokenClient, type TokenWish } from '../api-client/token-client.js';
import { type CommandContext, withConnectionOptions } from '../command-context.js';
import { Failure } from '../failure.js';
import { tokenTable } from './token-table.js';

interface CreateOptions extends ConnectionOptions {
  readonly name: string;
  readonly role: readonly string[];
  readonly expires?: string;
}

/** `sillage token create|list|revoke`. */
export function addTokenCommand(program: Command, context: CommandContext): void {
  const { stdout, stderr } = context;
  const token = program.command('token').summary('create, list and revoke tokens for the API');

  const create = token
    .command('create')
    .summary('create a token')
    .description('Creates a token and prints it, this once: the server keeps only a hash of it.')
    .requiredOption('--name <name>', 'whom it is for: told as the author of what is done with it')
    .requiredOption('--role <role...>', 'what it may do (docs/access.md)')
    .option('--expires <instant>', 'when it ends, such as 2027-03-31T00:00:00Z (default: never)');
  withConnectionOptions(create).action(async ({ name, role, expires, ...connection }: CreateOptions) => {
    const wish: TokenWish = { name, roles: role, ...(expires === undefined ? {} : { expiresAt: expires }) };
    const created = await withServer(context, connection, (client) => client.create(wish));
    // Alone on standard output, so that a script can take it from there.
    stdout.write(`${created.token}\n`);
    stderr.write(`this is the token ${created.id}; it is not shown again\n`);
  });

  const list = token
    .command('list')
    .summary('list the tokens')
    .description('Lists the tokens that are not revoked, those that have expired too.')
    .option('--revoked', 'those that are revoked instead');
  withConnectionOptions(list).action(async ({ revoked, ...connection }: ConnectionOptions & { revoked?: true }) => {
    const tokens = await withServer(context, connection, (client) => client.list({ revoked: revoked === true }));
    stdout.write(tokenTable(tokens.map(({ members }) => members)));
  });

  const revoke = token
    .command('revoke')
    .summary('revoke a token')
    .description('Revokes a token at once and for ever.')
    .argument('<id>', 'id of the token, as "sillage token list" tells it');
  withConnectionOptions(revoke).action(async (id: string, connection: ConnectionOptions) => {
    const isRevoked = await withServer(context, connection, (client) => client.revoke(id));
    if (!isRevoked) throw new Failure(`no token that is still good has the id ${id}`);
    stdout.write(`the token ${id} is revoked\n`);
  });
}

async function withServer<T>(
  context: CommandContext,
  connection: ConnectionOptions,
  ask: (client: TokenClient) => Promise<T>,
): Promise<T> {
  const onWait = (reason: string): void => void context.stderr.write(`waiting for the server (${reason})\n`);
  const client = new TokenClient(await findServer(connection, context.env), { onWait });
  try {
    return await ask(client);
  } finally {
    await client.close();
  }
}
