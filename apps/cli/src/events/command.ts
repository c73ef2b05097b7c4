import type { Command } from 'commander';
import { ApiClient } from '../api-client/api-client.js';
import { type ConnectionOptions, findServer } from '../api-client/connection.js';
import { type CommandContext, withConnectionOptions } from '../command-context.js';
import { printNewEvents, printPastEvents } from './print-events.js';

interface EventsOptions extends ConnectionOptions {
  readonly follow?: true;
  readonly after: string;
  readonly type?: string;
}

/** `sillage events [--follow] [--after <position>] [--type <type>]`. */
export function addEventsCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('events')
    .summary('print public events')
    .description('Prints the public events as JSON lines, from the first one on.')
    .option('--follow', 'go on with events as they happen')
    .option('--after <position>', 'only events behind this position', '0')
    .option('--type <type>', 'only events of this type, such as sillage.opportunity.won.v1');
  withConnectionOptions(command).action(async ({ follow, after, type, ...connection }: EventsOptions) => {
    const onWait = (reason: string): void => void context.stderr.write(`waiting for the server (${reason})\n`);
    const client = new ApiClient(await findServer(connection, context.env), { onWait });
    try {
      await client.greet();
      const filter = type === undefined ? {} : { type };
      const position = await printPastEvents(client, { after, filter }, context.stdout);
      if (follow) await printNewEvents(client, { after: position, filter }, context.stdout);
    } finally {
      await client.close();
    }
  });
}
