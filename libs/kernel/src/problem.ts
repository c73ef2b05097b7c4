import type { JsonObject, JsonValue } from './json.js';

/**
 * Every refusal of Sillage by its stable code. The value is the kind of refusal; what HTTP makes of a kind is the
 * gateway's business, and so are the words.
 */
export const PROBLEMS = {
  'malformed-request': 'not-understood',
  'malformed-json': 'not-understood',
  'validation-failed': 'not-understood',
  'invalid-cursor': 'not-understood',
  'not-possible': 'impossible',
  'idempotency-key-reused': 'impossible',
  'record-not-found': 'not-found',
  'record-deleted': 'gone',
  'record-forgotten': 'gone',
  'stored-unsealed': 'conflict',
  'external-id-taken': 'conflict',
  'concurrent-change': 'conflict',
  'stale-revision': 'stale',
  'if-match-required': 'precondition-required',
  'views-behind': 'unavailable',
  'store-unavailable': 'unavailable',
  'deadline-exceeded': 'unavailable',
  'shutting-down': 'unavailable',
  overloaded: 'unavailable',
  'service-unavailable': 'unavailable',
  'route-not-found': 'not-found',
  'method-not-allowed': 'method-not-allowed',
  'token-not-found': 'not-found',
  'tokens-not-issued': 'not-found',
  'token-already-shown': 'conflict',
  'not-authenticated': 'not-authenticated',
  'not-allowed': 'not-allowed',
  'request-too-slow': 'too-slow',
  'body-too-large': 'too-large',
  'change-too-large': 'too-large',
  'address-too-long': 'address-too-long',
  'headers-too-large': 'headers-too-large',
  'media-type-not-supported': 'media-type',
  'encoding-not-supported': 'media-type',
  'rate-limited': 'too-many',
  'not-acceptable': 'not-acceptable',
  'internal-error': 'internal',
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
export type ProblemKind = (typeof PROBLEMS)[ProblemCode];

/** What may be wrong at one place of a request. */
export type FaultCode =
  | 'required'
  | 'unknown-field'
  | 'unknown-parameter'
  | 'unknown-operator'
  | 'not-sortable'
  | 'read-only'
  | 'empty-patch'
  | 'empty'
  | 'wrong-type'
  | 'wrong-form'
  | 'too-long'
  | 'too-short'
  | 'too-many'
  | 'too-deep'
  | 'too-small'
  | 'too-large'
  | 'too-many-decimals'
  | 'not-in-set'
  | 'not-a-date'
  | 'not-an-instant'
  | 'not-a-decimal'
  | 'unknown-currency'
  | 'currency-required'
  | 'given-twice'
  | 'duplicate'
  | 'unexpected-body'
  | 'in-the-future'
  | 'in-the-past'
  | 'unknown-reference'
  | 'forgotten-person'
  | 'refers-to-itself'
  | 'unknown-stage'
  | 'wrong-pipeline'
  | 'stage-is-open'
  | 'stage-is-closed'
  | 'no-open-stage'
  | 'relation-required'
  | 'out-of-reach';

/** One thing that is wrong, where it is (`amount.value`, `items[3].name`), and what its message needs to say. */
export interface Fault {
  readonly path: string;
  readonly code: FaultCode;
  readonly params?: JsonObject;
}

export interface ProblemDetails {
  readonly faults?: readonly Fault[];
  readonly params?: JsonObject;
  /** Members for the answer beyond those of RFC 9457, such as `currentRevision`. */
  readonly extensions?: JsonObject;
}

/** A refusal that a caller can act upon. Anything else that is thrown is a defect or a failure of the machine. */
export class Problem extends Error {
  readonly faults: readonly Fault[];
  readonly params: JsonObject;
  readonly extensions: JsonObject;

  constructor(
    readonly code: ProblemCode,
    details: ProblemDetails = {},
  ) {
    const faults = details.faults ?? [];
    super([code, ...faults.map((fault) => `${fault.path}: ${fault.code}`)].join('; '));
    this.name = 'Problem';
    this.faults = faults;
    this.params = details.params ?? {};
    this.extensions = details.extensions ?? {};
  }

  get kind(): ProblemKind {
    return PROBLEMS[this.code];
  }
}

export function fault(path: string, code: FaultCode, params: Record<string, JsonValue> = {}): Fault {
  return { path, code, params };
}

/** Refuses what was understood but cannot be done. */
export function notPossible(...faults: readonly Fault[]): Problem {
  return new Problem('not-possible', { faults });
}

/** Refuses what was not understood. */
export function notUnderstood(...faults: readonly Fault[]): Problem {
  return new Problem('validation-failed', { faults });
}

/** A Problem as plain data, which threads and messages can carry. */
export interface SentProblem extends ProblemDetails {
  readonly code: ProblemCode;
}

export function sendProblem({ code, faults, params, extensions }: Problem): SentProblem {
  return { code, faults, params, extensions };
}

export function receiveProblem({ code, ...details }: SentProblem): Problem {
  return new Problem(code, details);
}
