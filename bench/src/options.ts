import { Command, Option } from 'commander';

export interface Options {
  readonly distributed: boolean;
  readonly short: boolean;
  /** Names of scenarios; all when empty. */
  readonly only: readonly string[];
  readonly check: boolean;
  readonly json?: string;
  readonly profile?: string;
}

/** Names of the scenarios of each profile. */
export interface ScenarioNames {
  readonly embedded: readonly string[];
  readonly distributed: readonly string[];
}

/** Reads the command line; ends the process on `--help` or when it is not understood. */
export function parseOptions(args: readonly string[], scenarios: ScenarioNames): Options {
  const names = args.includes('--distributed') ? scenarios.distributed : scenarios.embedded;
  const only = new Option('--only <names...>', 'measure these only').choices(names).default([]);
  return new Command('bench')
    .description('Measures Sillage beside its floor: the same work with nothing around it (docs/performance.md).')
    .option('--distributed', 'measure the distributed profile instead, on servers of its own or on test servers', false)
    .option('--short', 'about one minute instead of four', false)
    .addOption(only)
    .option('--check', 'end with exit code 1 when a target is missed or an answer was wrong', false)
    .option('--json <file>', 'write everything that was measured, turn by turn')
    .option('--profile <folder>', 'leave a CPU profile of each thread of Sillage (with --only of one operation)')
    .parse(args, { from: 'user' })
    .opts<Options>();
}
