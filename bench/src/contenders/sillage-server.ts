import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inProject } from '../processes/project.js';
import type { ServerProcess } from '../processes/server-process.js';
import type { Workspace } from '../processes/workspace.js';

/** A running Sillage and how to be let in. */
export interface SillageServer {
  readonly server: ServerProcess;
  readonly dataDirectory: string;
  readonly token: string;
}

export interface SillageOptions {
  readonly dataDirectory: string;
  /** Where Node leaves a CPU profile of each thread when the server ends. */
  readonly profileInto?: string | undefined;
}

/** Starts the embedded profile, as `npm start` does, on any free port. */
export async function startSillageServer(
  workspace: Workspace,
  { dataDirectory, profileInto }: SillageOptions,
): Promise<SillageServer> {
  const server = await workspace.start({
    command: [inProject('apps/standalone/dist/main.js')],
    environment: { SILLAGE_DATA_DIR: dataDirectory, SILLAGE_PORT: '0' },
    nodeOptions: [...(await serverOptions()), ...profileOptions(profileInto)],
  });
  return { server, dataDirectory, token: readFileSync(join(dataDirectory, 'admin-token'), 'utf8').trim() };
}

/** What `npm start` gives to Node, taken from there. */
async function serverOptions(): Promise<readonly string[]> {
  const { href } = pathToFileURL(inProject('scripts/commands/program.js'));
  const commands: { readonly serverOptions: readonly string[] } = await import(href);
  return commands.serverOptions;
}

function profileOptions(folder: string | undefined): readonly string[] {
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}
