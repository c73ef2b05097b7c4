/**
 * The key of a document's row: its `createdAt` in milliseconds since 1970, times 2^21, plus its number among the
 * documents of that millisecond in order of arrival. So rows lie in the order in which lists are read unless another is
 * asked for; every index and every list of the full-text index ends in that order too, because they all end in the key.
 *
 * A key has 64 bits, which leaves room for the years 1831 to 2109: a `createdAt` beyond counts as the first or the last
 * millisecond of them. When a millisecond is full, its next documents go on in the millisecond that follows.
 */
export const KEYS_PER_MILLISECOND = 2n ** 21n;

const FURTHEST_MILLISECOND = 2 ** 42 - 1;

/** Keys from `first` to `last`, both included. */
export interface KeyRange {
  readonly first: bigint;
  readonly last: bigint;
}

export const ALL_KEYS: KeyRange = keysOfMilliseconds(-FURTHEST_MILLISECOND, FURTHEST_MILLISECOND);

/**
 * The keys that documents created at an instant (RFC 3339, UTC) may have.
 * @throws RangeError for what is no instant.
 */
export function keysOf(instant: string): KeyRange {
  const exact = Date.parse(instant);
  if (Number.isNaN(exact)) throw new RangeError(`no instant: ${instant}`);
  const milliseconds = Math.min(Math.max(exact, -FURTHEST_MILLISECOND), FURTHEST_MILLISECOND);
  return keysOfMilliseconds(milliseconds, milliseconds);
}

function keysOfMilliseconds(first: number, last: number): KeyRange {
  return {
    first: BigInt(first) * KEYS_PER_MILLISECOND,
    last: (BigInt(last) + 1n) * KEYS_PER_MILLISECOND - 1n,
  };
}
