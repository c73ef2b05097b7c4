import { PROBLEMS, type ProblemCode, type ProblemKind } from '@sillage/kernel';
import type { ResponseHeaderName } from './headers.js';

export interface HttpAnswer {
  readonly status: number;
  readonly meaning: string;
  readonly headers?: readonly ResponseHeaderName[];
}

/** What HTTP makes of each kind of refusal: the one table, for the answers and for the document. */
export const HTTP_ANSWERS = {
  'not-understood': { status: 400, meaning: 'Not understood: syntax, an unknown name, a wrong type or form' },
  'not-authenticated': { status: 401, meaning: 'No valid token', headers: ['WWW-Authenticate'] },
  'not-allowed': { status: 403, meaning: 'Not allowed to the roles of the token' },
  'not-found': { status: 404, meaning: 'There is none' },
  'method-not-allowed': { status: 405, meaning: 'The resource does not know the method', headers: ['Allow'] },
  'not-acceptable': { status: 406, meaning: 'None of the accepted media types can be given' },
  'too-slow': { status: 408, meaning: 'The request did not come in time' },
  conflict: { status: 409, meaning: 'Conflicts with another record or another change' },
  gone: { status: 410, meaning: 'Deleted, or forgotten' },
  stale: { status: 412, meaning: 'Changed since the revision that If-Match names' },
  'too-large': { status: 413, meaning: 'The body, or what it changes, is too large' },
  'address-too-long': { status: 414, meaning: 'The address is too long' },
  'media-type': { status: 415, meaning: 'The media type or the encoding of the body is not supported' },
  impossible: { status: 422, meaning: 'Understood, but not possible' },
  'precondition-required': { status: 428, meaning: 'If-Match is missing' },
  'too-many': {
    status: 429,
    meaning: 'More requests than are allowed',
    headers: ['Retry-After', 'RateLimit-Policy', 'RateLimit'],
  },
  'headers-too-large': { status: 431, meaning: 'The headers are too large' },
  internal: { status: 500, meaning: 'A defect of Sillage' },
  unavailable: { status: 503, meaning: 'Not possible just now', headers: ['Retry-After'] },
} as const satisfies { [K in ProblemKind]: HttpAnswer };

export function httpAnswer(code: ProblemCode): HttpAnswer {
  return HTTP_ANSWERS[PROBLEMS[code]];
}

/** Where a problem is explained: the `type` member of its answer (RFC 9457, section 3.1.1), which never changes. */
export function problemType(code: ProblemCode): string {
  return `/docs/problems#${code}`;
}
