import type { Header, JsonSchema, Parameter, Reference } from './document-types.js';
import { headerRef } from './references.js';

/** The ETag of a record is its revision in quotes; `*` is any. */
export const ETAG_OR_ANY = '^\\*$|^"\\d{1,15}"$';

/** A token is opaque; that it is decimal text only bounds what is taken. */
const POSITION = '^\\d{1,16}$';

/** 1 to 200 visible ASCII characters, in a header or in an item of a batch. */
export const IDEMPOTENCY_KEY: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 200,
  pattern: '^[\\x21-\\x7e]+$',
  examples: ['5d1f7c1e-3f7a-4a56-9a3b-0d8f3a2b1c4d'],
};

/** Headers that a caller may send, under their names among the document's components. */
export const REQUEST_HEADERS = {
  AcceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    description:
      'The language of titles, details and messages of problems: English (`en`, the default) or French (`fr`).',
    schema: { type: 'string', examples: ['fr-FR, fr;q=0.9, en;q=0.8'] },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes the request safe to repeat: the same key and body give the first answer again, the same key with another ' +
      'body is refused (422).',
    schema: IDEMPOTENCY_KEY,
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag of the record as you have seen it, or `*` when its revision does not matter to you.',
    schema: { type: 'string', pattern: ETAG_OR_ANY, examples: ['"0"'] },
  },
  WaitFor: {
    name: 'Sillage-Wait-For',
    in: 'header',
    description:
      'The `Sillage-Position` of a write: the answer waits at most 2 seconds until it shows that write, else 503 with ' +
      'the code `views-behind`.',
    schema: { type: 'string', pattern: POSITION, examples: ['1042'] },
  },
  LastEventId: {
    name: 'Last-Event-ID',
    in: 'header',
    description: 'Of an event stream that was cut: the id of the last event received. It wins over `after`.',
    schema: { type: 'string', pattern: POSITION, examples: ['1042'] },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of the copy that you have.',
    schema: { type: 'string', examples: ['"3q2-7w"'] },
  },
} as const satisfies { [name: string]: Parameter };

/** Headers of answers, under their names in HTTP. */
export const RESPONSE_HEADERS = {
  ETag: { description: 'The revision of the record, in quotes.', schema: { type: 'string', examples: ['"0"'] } },
  Location: {
    description: 'Path of the new record.',
    schema: { type: 'string', format: 'uri-reference' },
  },
  'Sillage-Position': {
    description:
      'Of a write: send it as `Sillage-Wait-For` to read what you wrote. Of a read: up to where the answer is. Opaque.',
    schema: { type: 'string', pattern: POSITION, examples: ['1042'] },
  },
  'Retry-After': { description: 'Seconds after which to try again.', schema: { type: 'integer', examples: [1] } },
  'RateLimit-Policy': {
    description: 'How many requests (`q`) are allowed in so many seconds (`w`), to the tenant and to the token.',
    schema: { type: 'string', examples: ['"tenant";q=50000;w=10, "token";q=25000;w=10'] },
  },
  RateLimit: {
    description: 'What is left of it (`r`), and the seconds until all is allowed again (`t`).',
    schema: { type: 'string', examples: ['"tenant";r=49999;t=1, "token";r=24999;t=1'] },
  },
  'WWW-Authenticate': {
    description: 'How to authenticate (RFC 6750).',
    schema: { type: 'string', examples: ['Bearer'] },
  },
  Allow: { description: 'Methods that the resource knows.', schema: { type: 'string', examples: ['GET, POST'] } },
} as const satisfies { [name: string]: Header };

export type ResponseHeaderName = keyof typeof RESPONSE_HEADERS;

export function responseHeaders(...names: readonly ResponseHeaderName[]): { readonly [name: string]: Reference } {
  return Object.fromEntries(names.map((name) => [name, headerRef(name)]));
}
