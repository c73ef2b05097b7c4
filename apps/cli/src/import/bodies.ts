import type { NewRecord } from '../api-client/create-patiently.js';

/** The API takes 200 items and 1 MiB a batch; what stands around the items needs little room. */
const MOST_ITEMS = 200;
const MOST_BYTES = 1024 * 1024 - 1024;

/** True for an item that no batch could carry. */
export function isTooLarge(item: NewRecord): boolean {
  return sizeOf(item) > MOST_BYTES;
}

/** Parts items into batches that the API takes, in their order. */
export function inBodies(items: readonly NewRecord[]): readonly (readonly NewRecord[])[] {
  const bodies: NewRecord[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const last = bodies.at(-1);
    if (last === undefined || last.length === MOST_ITEMS || bytes + size > MOST_BYTES) {
      bodies.push([item]);
      bytes = size;
    } else {
      last.push(item);
      bytes += size;
    }
  }
  return bodies;
}

/** In bytes of JSON, with the idempotency key. */
function sizeOf({ fields }: NewRecord): number {
  return Buffer.byteLength(JSON.stringify(fields)) + 100;
}
