import type { Answer } from './answer-reader.js';
import { Connection } from './connection.js';
import { Faults } from './faults.js';
import { Latencies } from './latencies.js';
import type { Operation } from './operation.js';

/** One answer of so many is read and judged; of the others only the status is looked at. */
const SAMPLED = 50;

/** How long answers may be outstanding after the last request (milliseconds): more than a server's own deadline. */
const PATIENCE = 15_000;

export interface LoadPlan {
  readonly connections: number;
  /** No request is begun after either of them. */
  readonly requests: number;
  readonly milliseconds: number;
}

export interface LoadResult {
  readonly seconds: number;
  /** Of the answers that were right. */
  readonly latencies: Latencies;
  readonly faults: Faults;
}

/** Closed loop: each connection sends its next request when it has the answer to the one before. */
export async function runLoad(origin: string, operation: Operation, plan: LoadPlan): Promise<LoadResult> {
  const opening = Array.from({ length: plan.connections }, () => Connection.open(origin));
  const connections = await Promise.all(opening);
  const loop = new ClosedLoop(operation, plan);
  const closeAll = (): void => {
    for (const connection of connections) connection.close();
  };
  const patience = setTimeout(closeAll, plan.milliseconds + PATIENCE);
  try {
    await Promise.all(connections.map((connection) => loop.run(connection)));
    return loop.result();
  } finally {
    clearTimeout(patience);
    closeAll();
  }
}

class ClosedLoop {
  private readonly latencies = new Latencies();
  private readonly faults = new Faults();
  private readonly startedAt = performance.now();
  private sent = 0;

  constructor(
    private readonly operation: Operation,
    private readonly plan: LoadPlan,
  ) {}

  /** Resolves when the plan is fulfilled, or the connection lost. Never rejects: what fails is counted. */
  run(connection: Connection): Promise<void> {
    return new Promise((resolve) => this.next(connection, resolve));
  }

  result(): LoadResult {
    const seconds = (performance.now() - this.startedAt) / 1_000;
    return { seconds, latencies: this.latencies, faults: this.faults };
  }

  private next(connection: Connection, end: () => void): void {
    const begunAt = performance.now();
    if (this.sent >= this.plan.requests || begunAt - this.startedAt >= this.plan.milliseconds) {
      end();
      return;
    }
    const turn = this.sent;
    this.sent += 1;
    const { requests } = this.operation;
    connection.send(requests[turn % requests.length] as Buffer, (outcome) => {
      const milliseconds = performance.now() - begunAt;
      if (outcome instanceof Error) {
        this.faults.add(outcome.message);
        end();
        return;
      }
      const fault = this.faultOf(outcome, turn);
      if (fault === undefined) this.latencies.record(milliseconds);
      else this.faults.add(fault);
      this.next(connection, end);
    });
  }

  private faultOf(answer: Answer, turn: number): string | undefined {
    const { expectedStatus, requests } = this.operation;
    if (answer.status !== expectedStatus) return `status ${answer.status}: ${answer.body().slice(0, 200)}`;
    if (turn % SAMPLED !== 0) return undefined;
    try {
      return this.operation.complaint(answer.body(), turn % requests.length);
    } catch (error) {
      return `not the expected body: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}
