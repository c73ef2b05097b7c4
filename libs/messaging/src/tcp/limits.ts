/*
 * What a process lets others make it hold. Nest's socket counts a packet in UTF-16 code units, as `String.length` does.
 */

/** A request holds at most a body of 1 MiB, and for each of 200 commands of a batch some hundred characters more. */
export const LONGEST_REQUEST = 4 * 1024 * 1024;

/** An answer may be a list of 200 records, of which each may be as large as a body, and escaped once more. */
export const LONGEST_ANSWER = 128 * 1024 * 1024;

/**
 * Messages that a service works on at once. The event store takes some thousands of appends a second, so the last of
 * them waits a fraction of a second, far less than its deadline.
 */
export const MOST_AT_WORK = 1_024;

/** Messages that a client has under way on one connection: half of what the service takes, so that two clients fit. */
export const MOST_UNDER_WAY = 512;

/** Bytes that wait to be sent on one connection, beyond which no message is added to them. */
export const MOST_UNSENT = 64 * 1024 * 1024;
