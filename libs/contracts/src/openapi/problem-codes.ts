import type { ProblemCode } from '@sillage/kernel';

/** What any request may meet before it is known what it asks for. */
export const HTTP_PROBLEMS = [
  'malformed-request',
  'validation-failed',
  'request-too-slow',
  'address-too-long',
  'headers-too-large',
] as const satisfies readonly ProblemCode[];

/** What every operation that needs a token may refuse with. */
export const COMMON_PROBLEMS = [
  ...HTTP_PROBLEMS,
  'not-authenticated',
  'not-allowed',
  'rate-limited',
  'internal-error',
  'store-unavailable',
  'deadline-exceeded',
  'shutting-down',
  'overloaded',
  'service-unavailable',
] as const satisfies readonly ProblemCode[];

/** What a request may fail at whose body is read, asked for or not. */
export const BODY_PROBLEMS = [
  'malformed-json',
  'body-too-large',
  'change-too-large',
  'media-type-not-supported',
  'encoding-not-supported',
] as const satisfies readonly ProblemCode[];

/** What a path with the id of nothing gives; an id that is too long for any route leads to none. */
export const UNKNOWN_ID_PROBLEMS = ['record-not-found', 'route-not-found'] as const satisfies readonly ProblemCode[];

/** What a request under `If-Match`, safe to repeat under a key, may fail at. */
export const CONDITIONAL_PROBLEMS = [
  ...UNKNOWN_ID_PROBLEMS,
  'record-deleted',
  'if-match-required',
  'stale-revision',
  'concurrent-change',
  'idempotency-key-reused',
] as const satisfies readonly ProblemCode[];
