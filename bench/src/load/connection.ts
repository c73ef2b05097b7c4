import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Answer, AnswerReader } from './answer-reader.js';

/**
 * A keep-alive connection that carries one request at a time.
 *
 * Written on a socket rather than with an HTTP client because the client takes its CPU from the server that it
 * measures: a request cost 50 µs of it this way, 130 with undici's `dispatch`, 170 with node:http, 200 with undici's
 * `request` (docs/performance.md). An expensive client also makes every ratio look better than it is.
 */
export class Connection {
  private readonly reader = new AnswerReader();
  private settle: ((outcome: Answer | Error) => void) | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', (error) => this.end(error));
    socket.on('close', () => this.end(new Error('the connection was closed')));
  }

  /** @throws when nobody listens at `origin` (http://host:port). */
  static async open(origin: string): Promise<Connection> {
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /** Sends a request; `settle` is called once, with its answer or with why there will be none. */
  send(request: Buffer, settle: (outcome: Answer | Error) => void): void {
    this.settle = settle;
    if (this.socket.destroyed) this.end(new Error('the connection was closed'));
    else this.socket.write(request);
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    try {
      const answer = this.reader.push(chunk);
      if (answer !== undefined) this.end(answer);
    } catch (error) {
      this.socket.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private end(outcome: Answer | Error): void {
    const { settle } = this;
    this.settle = undefined;
    settle?.(outcome);
  }
}
