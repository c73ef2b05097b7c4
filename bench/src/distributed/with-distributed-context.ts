import { DistributedContext, type DistributedOptions } from './distributed-context.js';
import { startServers } from './servers.js';

/** Starts what is missing of the servers, and prepares them for the scenarios. */
export async function withDistributedContext<T>(
  options: Omit<DistributedOptions, 'servers'>,
  use: (context: DistributedContext) => Promise<T>,
): Promise<T> {
  const servers = await startServers(options.workspace, process.env);
  const context = await DistributedContext.prepare({ ...options, servers });
  try {
    return await use(context);
  } finally {
    await context.close();
  }
}
