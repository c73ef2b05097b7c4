/** How long to keep asking a server that does not answer, or is too busy to. */
export interface BackOff {
  /** Of the first wait, in milliseconds; each further one may be twice as long. */
  readonly first: number;
  /** No wait of our own choosing is longer, in milliseconds. */
  readonly longest: number;
  /** Milliseconds after the first failure of a request when it is given up. */
  readonly giveUpAfter: number;
}

/** A server that restarts is back within seconds; one that is not back within a minute needs somebody to look. */
export const BACK_OFF: BackOff = { first: 100, longest: 5_000, giveUpAfter: 60_000 };

/**
 * Milliseconds to wait before the next try: exponential with full jitter, so that requests that failed together do
 * not come back together (AWS Architecture Blog, "Exponential Backoff And Jitter"), and never less than the server
 * asked for.
 *
 * @param tries how many have failed, from 1
 * @param random from 0 up to but not including 1
 * @param retryAfter what the server asked for, in milliseconds
 */
export function delayBefore(backOff: BackOff, tries: number, random: number, retryAfter: number | undefined): number {
  const ceiling = Math.min(backOff.longest, backOff.first * 2 ** (tries - 1));
  return (retryAfter ?? 0) + random * ceiling;
}

/** Reads a Retry-After header (RFC 9110, section 10.2.3) as milliseconds from `now`: seconds or an HTTP date. */
export function retryAfterOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
