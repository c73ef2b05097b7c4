import type { Schema } from '../../view.js';
import type { ViewBatch, ViewBuild } from '../../view-store.js';
import type { Connection } from '../connection.js';
import { BatchRows } from '../rows.js';
import { openForReading } from '../schema.js';
import { SqliteViewReader } from '../sqlite-view-reader.js';
import { TableThread } from './table-thread.js';

/**
 * Builds views in a file that nobody reads yet: rows are made on the calling thread and written on another, so that the
 * next batch can be folded meanwhile; the indexes of the tables come last, when each is made by one sort.
 */
export class SqliteViewBuild extends SqliteViewReader implements ViewBuild {
  readonly #rows: BatchRows;
  /** Settles once all batches so far are on their way, one after the other. */
  #sent: Promise<void> = Promise.resolve();
  /** By tenant, its number and the partition that is stored. */
  readonly #tenants = new Map<string, { readonly number: number; readonly partition: number }>();

  private constructor(
    connection: Connection,
    schema: Schema,
    private readonly thread: TableThread,
  ) {
    super(connection, schema);
    this.#rows = new BatchRows(this.layout);
  }

  /** @throws ViewsOfAnotherSchema */
  static async open(file: string, schema: Schema): Promise<SqliteViewBuild> {
    const thread = await TableThread.start(file, schema);
    try {
      return new SqliteViewBuild(openForReading(file, schema), schema, thread);
    } catch (error) {
      await thread.close();
      throw error;
    }
  }

  async apply(batch: ViewBatch): Promise<void> {
    const sent = this.#sent.then(() => this.#send(batch));
    this.#sent = sent.then(
      () => undefined,
      () => undefined,
    );
    await (await sent).written;
  }

  complete(): Promise<void> {
    return this.thread.complete();
  }

  override async close(): Promise<void> {
    // First the reader: the last connection to a file tidies it up, and only the writer's may.
    await super.close();
    await this.thread.close();
  }

  /** Resolves once the batch is on its way to the thread. */
  async #send(batch: ViewBatch): Promise<{ readonly written: Promise<void> }> {
    await this.#ensureTenants(batch);
    return { written: this.thread.write(this.#rows.of(batch, (tenant) => this.#numberOf(tenant))) };
  }

  async #ensureTenants({ documents, cells, checkpoint: { partition } }: ViewBatch): Promise<void> {
    const unknown = new Set<string>();
    for (const { tenant } of [...documents, ...cells]) {
      if (this.#tenants.get(tenant)?.partition !== partition) unknown.add(tenant);
    }
    if (unknown.size === 0) return;
    const numbers = await this.thread.tenants([...unknown], partition);
    for (const [name, number] of numbers) this.#tenants.set(name, { number, partition });
  }

  #numberOf(tenant: string): number {
    const known = this.#tenants.get(tenant);
    if (known === undefined) throw new Error(`tenant ${tenant} has no number yet`);
    return known.number;
  }
}
