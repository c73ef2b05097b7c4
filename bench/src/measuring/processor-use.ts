import { availableParallelism } from 'node:os';
import { cpuSecondsOf, machineCpuSeconds, ownCpuSeconds } from '../processes/process-use.js';

/** The clocks of the processors at one moment, in seconds. */
export interface ProcessorClocks {
  readonly wall: number;
  /** Of a server, with all its threads; undefined where that cannot be read. */
  readonly server: number | undefined;
  readonly client: number;
  readonly machine: number;
}

/** What ran between two moments. */
export interface ProcessorUse {
  /** CPU seconds. */
  readonly server: number | undefined;
  readonly client: number;
  /** The part of the machine, from 0 to 1, that neither of them used, but somebody else. */
  readonly elsewhere: number | undefined;
}

export function readProcessorClocks(serverPid: number): ProcessorClocks {
  return {
    wall: performance.now() / 1_000,
    server: cpuSecondsOf(serverPid),
    client: ownCpuSeconds(),
    machine: machineCpuSeconds(),
  };
}

export function processorUseSince(before: ProcessorClocks, serverPid: number): ProcessorUse {
  const after = readProcessorClocks(serverPid);
  const client = after.client - before.client;
  if (before.server === undefined || after.server === undefined) {
    return { server: undefined, client, elsewhere: undefined };
  }
  const server = after.server - before.server;
  const others = after.machine - before.machine - server - client;
  const available = (after.wall - before.wall) * availableParallelism();
  // The clocks tick in hundredths of a second: others can seem to have used a little less than nothing.
  return { server, client, elsewhere: Math.max(0, others / available) };
}
