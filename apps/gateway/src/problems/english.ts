import type { Catalogue } from './catalogue.js';

export const ENGLISH = {
  problems: {
    'malformed-request': {
      title: 'The request is not HTTP',
      detail: 'It could not be read as a request of HTTP/1.1. The connection is closed.',
    },
    'malformed-json': {
      title: 'The body is not JSON',
      detail: 'The body could not be read as JSON in UTF-8.',
    },
    'validation-failed': {
      title: 'The request was not understood',
      detail: 'Nothing was done. "errors" names each place that was not understood, and why.',
    },
    'invalid-cursor': {
      title: 'The cursor is not valid',
      detail: 'A cursor continues the very list that gave it: send it as it is, with all other parameters unchanged.',
    },
    'not-possible': {
      title: 'The request is not possible',
      detail: 'It was understood, but cannot be done. "errors" says why.',
    },
    'idempotency-key-reused': {
      title: 'The idempotency key was used before',
      detail: 'Another request was carried out under this key. A new request needs a new key.',
    },
    'record-not-found': {
      title: 'There is no such record',
      detail: 'No record of this type has this id.',
    },
    'record-deleted': {
      title: 'The record is deleted',
      detail: 'It can be read with deleted=true, and restored.',
    },
    'record-forgotten': {
      title: 'The record is of somebody forgotten',
      detail: 'Its personal fields are erased for ever. What is left of it can be read, and no longer changed.',
    },
    'stored-unsealed': {
      title: 'The record cannot be forgotten here',
      detail:
        'Some of its events were stored before personal fields were sealed, and an event is never changed. ' +
        'Move the store with "sillage export" and "sillage load", which seals them, then ask again.',
    },
    'external-id-taken': {
      title: 'The external id is taken',
      detail: [
        'Another record of this type has the external id {externalId}; "takenBy" is its id.',
        'Another record of this type has this external id.',
      ],
    },
    'concurrent-change': {
      title: 'Others are changing the record',
      detail: 'Nothing was stored, because others changed the record at the same moment. Try again.',
    },
    'stale-revision': {
      title: 'The record has changed',
      detail: [
        'The record is at revision {currentRevision}, not {expected}. "events" tells what happened since.',
        'The record has changed since you read it.',
      ],
    },
    'if-match-required': {
      title: 'If-Match is missing',
      detail: 'Send the ETag of the record as you have seen it as If-Match, so that no change is lost.',
    },
    'views-behind': {
      title: 'The views are not there yet',
      detail: 'Lists and reports do not show the position asked for yet. Try again in a moment.',
    },
    'store-unavailable': {
      title: 'The store is not available',
      detail: 'Events can be neither stored nor read just now. Try again, a write with the same Idempotency-Key.',
    },
    'deadline-exceeded': {
      title: 'There was no answer in time',
      detail: 'A write may have been stored or not. Try again, a write with the same Idempotency-Key.',
    },
    'shutting-down': {
      title: 'The server is shutting down',
      detail: 'It takes no more requests. Try again in a moment.',
    },
    overloaded: {
      title: 'Too much is asked at once',
      detail: 'Nothing was done, because too many requests are being worked on. Try again in a moment.',
    },
    'service-unavailable': {
      title: 'A part of the service is not available',
      detail:
        'The part that takes this request cannot be reached just now. A write may have been stored or not. ' +
        'Try again, a write with the same Idempotency-Key.',
    },
    'route-not-found': {
      title: 'There is nothing here',
      detail: 'No resource has this path. /docs lists those that there are.',
    },
    'method-not-allowed': {
      title: 'The method is not possible here',
      detail: ['This resource knows {allow}.', 'This resource does not know this method.'],
    },
    'token-not-found': {
      title: 'There is no such token',
      detail: 'No token that is still good has this id.',
    },
    'tokens-not-issued': {
      title: 'Tokens are not given out here',
      detail: 'They come from the OpenID Connect issuer: create and revoke them there.',
    },
    'token-already-shown': {
      title: 'The token was shown before',
      detail:
        'It was created under this key, and a token is shown only once. If you have not kept it, revoke the one that ' +
        'has the "id" and create another under a new key.',
    },
    'not-authenticated': {
      title: 'A valid token is needed',
      detail: 'Send a valid token in the header "Authorization: Bearer <token>".',
    },
    'not-allowed': {
      title: 'Not allowed',
      detail: 'The roles of your token do not allow this.',
    },
    'request-too-slow': {
      title: 'The request did not come in time',
      detail: 'A request, with its body, has to be sent within ten seconds. The connection is closed.',
    },
    'body-too-large': {
      title: 'The body is too large',
      detail: ['At most {limit} bytes are taken.', 'Send less at once, in several requests.'],
    },
    'change-too-large': {
      title: 'The change is too large',
      detail: [
        'The events of one change may have {limit} bytes in all. Send shorter texts, or one after the other.',
        'Send shorter texts, or one after the other.',
      ],
    },
    'address-too-long': {
      title: 'The address is too long',
      detail: 'Path, parameters and headers together may have 16 KiB. Ask in several requests.',
    },
    'headers-too-large': {
      title: 'The headers are too large',
      detail: 'A request may have 100 headers, and 16 KiB of them.',
    },
    'media-type-not-supported': {
      title: 'The media type is not supported',
      detail: ['A body of type {type} is not taken; send application/json.', 'Send the body as application/json.'],
    },
    'encoding-not-supported': {
      title: 'The encoding of the body is not supported',
      detail: 'A body is taken as it is, in UTF-8 and not compressed.',
    },
    'rate-limited': {
      title: 'More requests than are allowed',
      detail: [
        'Nothing was done. Try again in {retryAfter} s; RateLimit-Policy tells how much is allowed.',
        'Nothing was done. Try again in a moment; RateLimit-Policy tells how much is allowed.',
      ],
    },
    'not-acceptable': {
      title: 'No acceptable media type',
      detail: 'None of the media types in Accept can be given here.',
    },
    'internal-error': {
      title: 'Something went wrong',
      detail: 'This is a defect of Sillage, not of your request. Give the "requestId" when you report it.',
    },
  },
  faults: {
    required: 'Must be given',
    'unknown-field': 'There is no such field',
    'unknown-parameter': 'There is no such parameter',
    'unknown-operator': ['There is no such operator; possible: {choices}', 'There is no such operator for this field'],
    'not-sortable': ['Lists cannot be sorted by it; possible: {choices}', 'Lists cannot be sorted by it'],
    'read-only': 'Cannot be set or changed',
    'empty-patch': 'Has no field to change',
    empty: 'Must not be empty',
    'wrong-type': ['Must be {expected}', 'Has the wrong type'],
    'wrong-form': 'Does not have the form that is needed here',
    'too-long': ['Has more than {limit} characters', 'Is too long'],
    'too-short': ['Has fewer than {limit} characters', 'Is too short'],
    'too-many': ['Has more than {limit} entries', 'Has too many entries'],
    'too-deep': ['Is nested deeper than {limit} levels', 'Is nested too deep'],
    'too-small': ['Must be at least {minimum}', 'Is too small'],
    'too-large': ['Must be at most {maximum}', 'Is too large'],
    'too-many-decimals': [
      'Has more than {digits} decimals, the most that {currency} has',
      'Has more than {decimals} decimals',
      'Has too many decimals',
    ],
    'not-in-set': ['Must be one of: {choices}', 'Is not one of the possible values'],
    'not-a-date': 'Must be a date of the calendar, such as 2026-03-31',
    'not-an-instant': 'Must be an instant by RFC 3339, such as 2026-03-31T08:00:00Z',
    'not-a-decimal': 'Must be a decimal number as text, such as "1500.00"',
    'unknown-currency': 'Must be a currency by ISO 4217, such as EUR',
    'currency-required': [
      'Amounts compare within one currency only: give {field} too',
      'Amounts compare within one currency only, which must be given too',
    ],
    'given-twice': 'Must be given only once',
    'unexpected-body': 'This method takes no body',
    duplicate: ['{value} occurs more than once', 'Occurs more than once'],
    'in-the-future': 'Must not be in the future',
    'in-the-past': 'Must be in the future',
    'unknown-reference': [
      'None of the {type} has the id {id}',
      'There is no such record among the {type}',
      'There is no such record',
    ],
    'forgotten-person': 'Leads to somebody who was forgotten, about whom nothing can be written any more',
    'refers-to-itself': 'A record cannot refer to itself',
    'unknown-stage': [
      'The pipeline has no stage {stage}; its stages: {stages}',
      'The pipeline has no open stage; its stages: {stages}',
      'The pipeline has no such stage',
    ],
    'wrong-pipeline': ['Must be a pipeline for {expects}', 'Must be a pipeline for records of this type'],
    'stage-is-open': 'Cannot be set while the stage is open',
    'stage-is-closed': 'Cannot be removed while the stage is won or lost',
    'no-open-stage': 'At least one stage must be open',
    'relation-required': ['At least one of these must be given: {relations}', 'At least one relation must be given'],
    'out-of-reach': 'Must be one of those whose records you may change',
  },
  expected: {
    keyword: 'a text',
    text: 'a text',
    string: 'a text',
    choice: 'a text',
    reference: 'the id of a record',
    number: ['a number with at most {decimals} decimals', 'a number'],
    instant: 'an instant by RFC 3339',
    date: 'a date',
    money: 'an object of value and currency',
    keywords: 'a list of texts',
    open: 'an object of texts, numbers, booleans and nulls',
    object: 'an object',
    list: 'a list',
  },
} as const satisfies Catalogue;
