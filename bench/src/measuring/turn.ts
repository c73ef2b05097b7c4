import type { Contender, OperationName } from '../contenders/contender.js';
import { type LoadPlan, runLoad } from '../load/closed-loop.js';
import { residentMegabytesOf } from '../processes/process-use.js';
import { processorUseSince, readProcessorClocks } from './processor-use.js';

/** What was measured in one turn of one contender. */
export interface Turn {
  /** Right answers. */
  readonly requests: number;
  /** Right answers a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly errors: number;
  readonly faults: readonly string[];
  /** CPU seconds per 1,000 requests: the server's until its views show the last of them, and this client's. */
  readonly serverCpu: number | undefined;
  readonly clientCpu: number;
  /** MB, at the end. */
  readonly resident: number | undefined;
  /** The part of the machine, from 0 to 1, that neither of them used, but somebody else. */
  readonly elsewhere: number | undefined;
}

/** Waits until the work of a turn is over, for a server that goes on after its last answer. Gives what it finds wrong. */
export type Settle = (contender: Contender, requests: number) => Promise<string | undefined>;

export async function takeTurn(
  contender: Contender,
  operation: OperationName,
  plan: LoadPlan,
  settle: Settle,
): Promise<Turn> {
  const { server, operations } = contender;
  const before = readProcessorClocks(server.pid);
  const { seconds, latencies, faults } = await runLoad(server.origin, operations[operation], plan);
  const fault = await settle(contender, latencies.count);
  if (fault !== undefined) faults.add(fault);
  const use = processorUseSince(before, server.pid);
  const perThousand = 1_000 / (latencies.count + faults.count);
  return {
    requests: latencies.count,
    rate: latencies.count / seconds,
    p50: latencies.percentile(50),
    p95: latencies.percentile(95),
    p99: latencies.percentile(99),
    errors: faults.count,
    faults: faults.describe(),
    serverCpu: use.server === undefined ? undefined : use.server * perThousand,
    clientCpu: use.client * perThousand,
    resident: residentMegabytesOf(server.pid)?.now,
    elsewhere: use.elsewhere,
  };
}
