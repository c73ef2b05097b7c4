import { describe, expect, it } from '@jest/globals';
import { fault, notUnderstood, PROBLEMS, Problem, type ProblemCode } from '@sillage/kernel';
import { toProblemJson } from './problem-json.js';

const english = { requestId: 'r-1', language: 'en' } as const;
const french = { requestId: 'r-1', language: 'fr' } as const;

describe('a refusal as HTTP tells it', () => {
  it('says what is wrong, where', () => {
    const problem = notUnderstood(fault('name', 'too-long', { limit: 200 }), fault('age', 'unknown-field'));
    expect(toProblemJson(problem, english)).toEqual({
      status: 400,
      headers: { 'content-type': 'application/problem+json', 'content-language': 'en', vary: 'Accept-Language' },
      body: {
        type: '/docs/problems#validation-failed',
        title: 'The request was not understood',
        status: 400,
        detail: 'Nothing was done. "errors" names each place that was not understood, and why.',
        code: 'validation-failed',
        errors: [
          { path: 'name', code: 'too-long', message: 'Has more than 200 characters' },
          { path: 'age', code: 'unknown-field', message: 'There is no such field' },
        ],
        requestId: 'r-1',
      },
    });
  });

  it('says it in French', () => {
    const { headers, body } = toProblemJson(notUnderstood(fault('name', 'required')), french);
    expect(headers['content-language']).toBe('fr');
    expect(body.title).toBe('La requête n’est pas comprise');
    expect(body.errors).toEqual([{ path: 'name', code: 'required', message: 'Doit être donné' }]);
  });

  it('has no errors where no place is to blame', () => {
    expect(toProblemJson(new Problem('record-not-found'), english).body).not.toHaveProperty('errors');
  });

  it('adds the extensions, which take no other member’s place', () => {
    const extensions = { currentRevision: 3, status: 200, requestId: 'forged' };
    const problem = new Problem('stale-revision', { params: { currentRevision: 3, expected: 1 }, extensions });
    expect(toProblemJson(problem, english).body).toMatchObject({
      status: 412,
      currentRevision: 3,
      requestId: 'r-1',
      detail: 'The record is at revision 3, not 1. "events" tells what happened since.',
    });
  });

  it.each([
    ['malformed-json', 400],
    ['not-authenticated', 401],
    ['not-allowed', 403],
    ['record-not-found', 404],
    ['method-not-allowed', 405],
    ['not-acceptable', 406],
    ['external-id-taken', 409],
    ['record-deleted', 410],
    ['stale-revision', 412],
    ['body-too-large', 413],
    ['change-too-large', 413],
    ['media-type-not-supported', 415],
    ['not-possible', 422],
    ['if-match-required', 428],
    ['internal-error', 500],
    ['views-behind', 503],
  ] as const)('answers %s with %i', (code, status) => {
    const answer = toProblemJson(new Problem(code), english);
    expect(answer.status).toBe(status);
    expect(answer.body.status).toBe(status);
  });

  it('says when to try again, how to authenticate, and which methods there are', () => {
    expect(toProblemJson(new Problem('shutting-down'), english).headers['retry-after']).toBe('1');
    expect(toProblemJson(new Problem('not-authenticated'), english).headers['www-authenticate']).toBe('Bearer');
    const refused = new Problem('method-not-allowed', { params: { allow: 'GET, POST' } });
    expect(toProblemJson(refused, english).headers.allow).toBe('GET, POST');
  });

  it('never shows the words of a driver or of an engine', () => {
    const params = { reason: 'Unexpected token < in JSON at position 0' };
    expect(JSON.stringify(toProblemJson(new Problem('malformed-json', { params }), english))).not.toContain('token <');
  });

  it('leaves no name unreplaced when nothing is known', () => {
    for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
      expect(JSON.stringify(toProblemJson(new Problem(code), french).body)).not.toMatch(/\{\w+\}/);
    }
  });
});
