import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';

/** Where the figures are from: without it they say nothing. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
}

export function thisMachine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${platform()} ${release()}`,
    node: process.version,
  };
}

export function describeMachine({ cores, processor, memoryGigabytes, system, node }: Machine): string {
  return (
    `${cores} cores (${processor}), ${memoryGigabytes} GB, ${system}, Node ${node}. ` +
    'Client and servers share these cores; the servers take turns.'
  );
}
