import type { Command } from 'commander';

/** What the commands need of the process. */
export interface CommandContext {
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Aborted on the first Ctrl-C. Asking for it is what keeps a Ctrl-C from ending the process. */
  readonly interruption: () => AbortSignal;
}

/** The options of every command that talks to a server. */
export function withConnectionOptions(command: Command): Command {
  return command
    .option('--url <url>', 'address of the server (default: SILLAGE_URL, else of the server running here)')
    .option('--token <token>', 'access token (default: SILLAGE_TOKEN, else the administrator token found here)');
}
