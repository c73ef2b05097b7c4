import { describe, it } from '@jest/globals';

/**
 * Stands in for a suite that cannot run here, so that the end of the run says which and why.
 *
 * @param suite the name the suite would have, e.g. `event store contract: EventStoreDB`
 * @param reason what is missing, e.g. `EVENTSTOREDB_URL is not set`
 */
export function notRun(suite: string, reason: string): void {
  describe(suite, () => {
    it.skip(`not run: ${reason}`, () => {});
  });
}
