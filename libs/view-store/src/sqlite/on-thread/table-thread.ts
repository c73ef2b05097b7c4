import { Worker } from 'node:worker_threads';
import { ViewsMovedOn, ViewsOfAnotherSchema } from '../../errors.js';
import type { Schema } from '../../view.js';
import type { RowBatch } from '../rows.js';
import type { OpeningReply, TableReply, TableRequest, TenantNumbers } from './table-messages.js';

interface Question {
  readonly resolve: (numbers: TenantNumbers) => void;
  readonly reject: (error: Error) => void;
}

/** The thread that writes the tables of a file, as those see it who ask it. */
export class TableThread {
  /** Oldest first: the thread answers in the order in which it is asked. */
  readonly #waiting: Question[] = [];
  readonly #ended: Promise<void>;
  #failure: Error | undefined;

  private constructor(private readonly worker: Worker) {
    worker.on('message', (reply: TableReply) => this.#answer(reply));
    worker.on('error', (error) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#failure ??= new Error('the thread that writes the views has ended');
        for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
        resolve();
      });
    });
  }

  /**
   * Starts a thread on a file, which is made when it is missing; what makes reading fast is left for `complete`.
   * @throws ViewsOfAnotherSchema
   */
  static async start(file: string, schema: Schema): Promise<TableThread> {
    const worker = new Worker(new URL('./tables.worker.js', import.meta.url), { workerData: { file, schema } });
    const reply = await new Promise<OpeningReply>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    switch (reply.kind) {
      case 'opened':
        return new TableThread(worker);
      case 'of-another-schema':
        throw new ViewsOfAnotherSchema(file);
      case 'not-opened':
        throw new Error(`the views cannot be opened: ${reply.reason}`);
      default:
        return reply satisfies never;
    }
  }

  /** The numbers of tenants, which are stored if they are new. */
  tenants(names: readonly string[], partition: number): Promise<TenantNumbers> {
    return this.#ask({ kind: 'tenants', names, partition });
  }

  /** @throws ViewsMovedOn */
  async write(batch: RowBatch): Promise<void> {
    await this.#ask({ kind: 'write', batch });
  }

  async complete(): Promise<void> {
    await this.#ask({ kind: 'complete' });
  }

  /** Waits for what was asked for. May be repeated. */
  async close(): Promise<void> {
    if (this.#failure === undefined) this.worker.postMessage({ kind: 'close' } satisfies TableRequest);
    await this.#ended;
  }

  #ask(request: TableRequest): Promise<TenantNumbers> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) throw this.#failure;
      this.worker.postMessage(request);
      this.#waiting.push({ resolve, reject });
    });
  }

  #answer(reply: TableReply): void {
    const question = this.#waiting.shift();
    switch (reply.kind) {
      case 'done':
        question?.resolve(reply.numbers);
        break;
      case 'moved-on':
        question?.reject(new ViewsMovedOn(reply.partition, reply.after));
        break;
      case 'failed':
        question?.reject(new Error(reply.reason));
        break;
      default:
        reply satisfies never;
    }
  }
}
