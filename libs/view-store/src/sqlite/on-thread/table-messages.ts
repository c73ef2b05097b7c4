import type { Schema } from '../../view.js';
import type { RowBatch } from '../rows.js';

/** What the thread that has the tables is asked for. It answers one after the other, in the order of the questions. */
export type TableRequest =
  /** Stores the tenants that are new, or have moved to the partition. Gives their numbers. */
  | { readonly kind: 'tenants'; readonly names: readonly string[]; readonly partition: number }
  | { readonly kind: 'write'; readonly batch: RowBatch }
  /** Makes the indexes that are not there yet. */
  | { readonly kind: 'complete' }
  /** Comes last: closes the file, ends the thread. */
  | { readonly kind: 'close' };

/** By tenant; of a question that was not for them, none. */
export type TenantNumbers = ReadonlyMap<string, number>;

export type TableReply =
  | { readonly kind: 'done'; readonly numbers: TenantNumbers }
  /** The partition's checkpoint is not where the batch begins. */
  | { readonly kind: 'moved-on'; readonly partition: number; readonly after: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** What the thread needs to begin. */
export interface TableWorkerData {
  readonly file: string;
  readonly schema: Schema;
}

/** The thread's first word. */
export type OpeningReply =
  | { readonly kind: 'opened' }
  | { readonly kind: 'of-another-schema' }
  | { readonly kind: 'not-opened'; readonly reason: string };
