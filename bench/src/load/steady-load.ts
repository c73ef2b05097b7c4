import { Connection } from './connection.js';
import { Faults } from './faults.js';
import { Latencies } from './latencies.js';
import type { Operation } from './operation.js';

export interface SteadyPlan {
  /** Connections that are opened before, and used in turn when they are free. */
  readonly connections: number;
  readonly perSecond: number;
  readonly milliseconds: number;
}

export interface SteadyResult {
  /** From when a request was due, so that one that could not be sent in time is not left out. */
  readonly latencies: Latencies;
  readonly faults: Faults;
}

/** Open loop: requests at a steady pace, whatever becomes of those before them; the operations in turn. */
export async function runSteadily(
  origin: string,
  operations: readonly Operation[],
  { connections, perSecond, milliseconds }: SteadyPlan,
): Promise<SteadyResult> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(origin)));
  const free = [...open];
  const [latencies, faults] = [new Latencies(), new Faults()];
  const total = Math.round((perSecond * milliseconds) / 1_000);
  const startedAt = performance.now();
  let [sent, answered] = [0, 0];
  await new Promise<void>((resolve) => {
    const pace = setInterval(() => {
      while (sent < total && free.length > 0 && dueAt(sent) <= performance.now()) send();
    }, 1);
    const dueAt = (turn: number): number => startedAt + (1_000 * turn) / perSecond;
    const send = (): void => {
      const connection = free.shift();
      if (connection === undefined) return;
      const turn = sent;
      sent += 1;
      const operation = operations[turn % operations.length] as Operation;
      const request = operation.requests[turn % operation.requests.length] as Buffer;
      connection.send(request, (outcome) => {
        answered += 1;
        if (outcome instanceof Error) {
          faults.add(outcome.message);
        } else {
          free.push(connection);
          if (outcome.status === operation.expectedStatus) latencies.record(performance.now() - dueAt(turn));
          else faults.add(`status ${outcome.status}`);
        }
        if (answered < total && open.length > 0) return;
        clearInterval(pace);
        resolve();
      });
    };
  });
  for (const connection of open) connection.close();
  return { latencies, faults };
}
