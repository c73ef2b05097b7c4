/**
 * When each token was last used, to the minute. Kept apart from the events: a use is no business fact, and who uses a
 * token all day would fill the store.
 */
export interface TokenUses {
  /** An instant in UTC; undefined for a token that was never used. */
  lastUse(id: string): string | undefined;

  /** Takes note of a use at `now`, in milliseconds since 1970, UTC. It never waits, and never fails. */
  note(id: string, now: number): void;
}
