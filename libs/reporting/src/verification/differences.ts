import type { Schema, ViewReader } from '@sillage/view-store';
import { REPORTING_SCHEMA } from '../schema.js';
import { type Entry, partsOf } from './entries.js';

/** A document or a cell in which two generations of the views differ. */
export interface Difference {
  /** Name of the view or cube. */
  readonly in: string;
  readonly tenant: string;
  /** Id of the document, or dimensions of the cell as JSON text. */
  readonly key: string;
  /** As canonical JSON with its position; absent where there is none. */
  readonly a?: string;
  readonly b?: string;
}

/** The first differences of two generations, at most so many, view by view and cube by cube, in the order of scans. */
export async function differences(
  a: ViewReader,
  b: ViewReader,
  atMost: number,
  schema: Schema = REPORTING_SCHEMA,
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const { name, entries } of partsOf(schema)) {
    for await (const [one, other] of inStep(entries(a), entries(b))) {
      if (one?.content === other?.content) continue;
      const { tenant, key } = (one ?? other) as Entry;
      found.push({ in: name, tenant, key, ...(one && { a: one.content }), ...(other && { b: other.content }) });
      if (found.length >= atMost) return found;
    }
  }
  return found;
}

type Pair = readonly [Entry | undefined, Entry | undefined];

/** Walks two scans in step, giving what stands in the same place, so that neither needs to fit in memory. */
async function* inStep(a: AsyncIterable<Entry>, b: AsyncIterable<Entry>): AsyncIterable<Pair> {
  const [left, right] = [a[Symbol.asyncIterator](), b[Symbol.asyncIterator]()];
  try {
    let [one, other] = [await next(left), await next(right)];
    while (one !== undefined || other !== undefined) {
      const order = compare(one, other);
      yield [order <= 0 ? one : undefined, order >= 0 ? other : undefined];
      if (order <= 0) one = await next(left);
      if (order >= 0) other = await next(right);
    }
  } finally {
    await left.return?.();
    await right.return?.();
  }
}

async function next(entries: AsyncIterator<Entry>): Promise<Entry | undefined> {
  const { done, value } = await entries.next();
  return done ? undefined : value;
}

/** The order of scans: by tenant, then key, as bytes of UTF-8. What has ended comes last. */
function compare(a: Entry | undefined, b: Entry | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return byBytes(a.tenant, b.tenant) || byBytes(a.key, b.key);
}

function byBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
