import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api, type Call } from '../api.js';
import type { RunningSillage, StartSillage } from '../running-sillage.js';

/** What is refused, and in which words, by whichever profile is started. */
export function badInputSuite(start: StartSillage): void {
  let server: RunningSillage;
  let api: Api;
  /** Id of a pipeline that is not for prospects. */
  let forOpportunities: string;

  beforeAll(async () => {
    server = await start();
    api = Api.of(server);
    const written = await api.post('/v1/accounts', { name: 'First' });
    const pipelines = await api.getAfter(written, '/v1/pipelines?appliesTo=opportunities');
    forOpportunities = pipelines.body.items[0].id;
  });
  afterAll(() => server.stop());

  const deep = (levels: number) => `{"name":"x","custom":${'{"a":'.repeat(levels - 1)}1${'}'.repeat(levels - 1)}}`;
  const OVER_SAFE = '{"name":"x","custom":{"a":9007199254740993}}';
  /** A body of so many bytes, or up to five less. All of its texts are as long as they may be, and written in escapes. */
  const prospectOf = (bytes: number) => {
    const control = (characters: number) => '\\u0001'.repeat(characters);
    const values = Array.from({ length: 64 }, (_, index) => `"${index}":"${control(2_000)}"`);
    const body = (notes: string) => `{"name":"x","custom":{${values.join(',')}},"notes":"${notes}"}`;
    return body(control(Math.floor((bytes - body('').length) / 6)));
  };
  const NOBODY = '00000000-0000-4000-8000-000000000000';

  /** What is wrong, the body, and the answer that names it. */
  const bodies: [wrong: string, type: string, body: unknown, status: number, path: string, code: string][] = [
    ['an unknown field', 'prospects', { name: 'x', nom: 'x' }, 400, 'nom', 'unknown-field'],
    ['a missing field', 'prospects', { company: 'x' }, 400, 'name', 'required'],
    ['a null where a value is required', 'prospects', { name: null }, 400, 'name', 'required'],
    ['a blank name', 'prospects', { name: ' \t' }, 400, 'name', 'empty'],
    ['a wrong type', 'prospects', { name: 5 }, 400, 'name', 'wrong-type'],
    ['an over-long text', 'prospects', { name: 'x'.repeat(201) }, 400, 'name', 'too-long'],
    ['over-long notes', 'prospects', { name: 'x', notes: 'x'.repeat(50_001) }, 400, 'notes', 'too-long'],
    ['a lone surrogate', 'prospects', { name: 'x\ud800' }, 400, 'name', 'wrong-form'],
    ['a NUL', 'prospects', { name: 'x\0' }, 400, 'name', 'wrong-form'],
    ['an e-mail address that is none', 'prospects', { name: 'x', email: 'x@' }, 400, 'email', 'wrong-form'],
    ['a stage that the pipeline lacks', 'prospects', { name: 'x', stage: 'proposal' }, 422, 'stage', 'unknown-stage'],
    [
      'a pipeline of another type',
      'prospects',
      { name: 'x', pipelineId: 'opportunities' },
      422,
      'pipelineId',
      'wrong-pipeline',
    ],
    ['a pipeline that is none', 'prospects', { name: 'x', pipelineId: NOBODY }, 422, 'pipelineId', 'unknown-reference'],
    [
      'an unknown currency',
      'opportunities',
      { name: 'x', amount: { value: '1', currency: 'EUX' } },
      400,
      'amount.currency',
      'unknown-currency',
    ],
    [
      'too many decimals',
      'opportunities',
      { name: 'x', amount: { value: '1.234', currency: 'EUR' } },
      400,
      'amount.value',
      'too-many-decimals',
    ],
    [
      'decimals of yen',
      'opportunities',
      { name: 'x', amount: { value: '1.5', currency: 'JPY' } },
      400,
      'amount.value',
      'too-many-decimals',
    ],
    [
      'negative money',
      'opportunities',
      { name: 'x', amount: { value: '-1', currency: 'EUR' } },
      400,
      'amount.value',
      'not-a-decimal',
    ],
    [
      'money as a number',
      'opportunities',
      { name: 'x', amount: { value: 1, currency: 'EUR' } },
      400,
      'amount.value',
      'wrong-type',
    ],
    [
      'money without a currency',
      'opportunities',
      { name: 'x', amount: { value: '1' } },
      400,
      'amount.currency',
      'required',
    ],
    [
      'an unknown field of money',
      'opportunities',
      { name: 'x', amount: { value: '1', currency: 'EUR', vat: 1 } },
      400,
      'amount.vat',
      'unknown-field',
    ],
    ['money that is none', 'opportunities', { name: 'x', amount: '1 EUR' }, 400, 'amount', 'wrong-type'],
    ['a probability over 100', 'opportunities', { name: 'x', probability: 101 }, 400, 'probability', 'too-large'],
    [
      'a date that does not exist',
      'opportunities',
      { name: 'x', expectedCloseDate: '2026-02-30' },
      400,
      'expectedCloseDate',
      'not-a-date',
    ],
    [
      'an instant that does not exist',
      'opportunities',
      { name: 'x', stage: 'won', closedAt: '2026-02-30T00:00:00Z' },
      400,
      'closedAt',
      'not-an-instant',
    ],
    [
      'a closing of an open opportunity',
      'opportunities',
      { name: 'x', closedAt: '2026-02-01T00:00:00Z' },
      422,
      'closedAt',
      'stage-is-open',
    ],
    [
      'a beginning in the future',
      'opportunities',
      { name: 'x', createdAt: '2999-01-01T00:00:00Z' },
      422,
      'createdAt',
      'in-the-future',
    ],
    [
      'a reference to nothing',
      'opportunities',
      { name: 'x', accountId: NOBODY },
      422,
      'accountId',
      'unknown-reference',
    ],
    ['a reference that is no id', 'opportunities', { name: 'x', accountId: 'acme' }, 400, 'accountId', 'wrong-form'],
    ['a read-only field', 'accounts', { name: 'x', revision: 3 }, 400, 'revision', 'read-only'],
    [
      'a web address that is none',
      'accounts',
      { name: 'x', website: 'javascript:alert(1)' },
      400,
      'website',
      'wrong-form',
    ],
    ['tags that are no list', 'accounts', { name: 'x', tags: 'vip' }, 400, 'tags', 'wrong-type'],
    ['a custom value of a wrong type', 'accounts', { name: 'x', custom: { a: {} } }, 400, 'custom', 'wrong-type'],
    [
      'half a character in a name of custom',
      'accounts',
      { name: 'x', custom: { '\ud800': 1 } },
      400,
      'custom',
      'wrong-type',
    ],
    ['a NUL in a custom value', 'accounts', { name: 'x', custom: { a: '\0' } }, 400, 'custom', 'wrong-type'],
    [
      '65 custom values',
      'accounts',
      { name: 'x', custom: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [i, i])) },
      400,
      'custom',
      'too-many',
    ],
    [
      'an unknown field of an address',
      'clients',
      { name: 'x', address: { planet: 'Mars' } },
      400,
      'address.planet',
      'unknown-field',
    ],
    [
      'an interaction related to nothing',
      'interactions',
      { kind: 'call', date: '2026-02-01T10:00:00Z', subject: 'x' },
      422,
      '',
      'relation-required',
    ],
    [
      'an unknown kind',
      'interactions',
      { kind: 'fax', date: '2026-02-01T10:00:00Z', subject: 'x', clientId: NOBODY },
      400,
      'kind',
      'not-in-set',
    ],
    [
      'a pipeline without stages',
      'pipelines',
      { name: 'x', appliesTo: 'prospects', stages: [] },
      400,
      'stages',
      'empty',
    ],
    [
      'a stage of an unknown kind',
      'pipelines',
      { name: 'x', appliesTo: 'prospects', stages: [{ key: 'a', name: 'A', probability: 1, kind: 'maybe' }] },
      400,
      'stages[0].kind',
      'not-in-set',
    ],
    ['a body that is a list', 'accounts', [], 400, '', 'wrong-type'],
  ];

  describe('a body is refused, naming what is wrong:', () => {
    it.each(bodies)('%s', async (_wrong, type, given, status, path, code) => {
      const body = JSON.parse(JSON.stringify(given).replace('"opportunities"', JSON.stringify(forOpportunities)));
      const answer = await api.post(`/v1/${type}`, type === 'pipelines' ? given : body);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect([answer.status, answer.body.status]).toEqual([status, status]);
      expect(answer.body.errors).toContainEqual({ path, code, message: expect.stringMatching(/\S/) });
      expect(answer.body).toMatchObject({
        type: expect.any(String),
        title: expect.any(String),
        detail: expect.any(String),
        code: status === 400 ? 'validation-failed' : 'not-possible',
        requestId: answer.headers.get('x-request-id'),
      });
    });

    it('everything that is wrong at once', async () => {
      const { body } = await api.post('/v1/opportunities', { nom: 1, probability: -1, amount: { value: 'x' } });
      const paths = body.errors.map(({ path }: { path: string }) => path);
      expect(paths.sort()).toEqual(['amount.currency', 'amount.value', 'name', 'nom', 'probability']);
    });
  });

  const requests: [wrong: string, method: string, path: string, call: Call, status: number, code: string][] = [
    ['malformed JSON', 'POST', '/v1/accounts', { raw: '{"name":' }, 400, 'malformed-json'],
    ['no body', 'POST', '/v1/accounts', {}, 400, 'validation-failed'],
    ['a name twice', 'POST', '/v1/accounts', { raw: '{"name":"x","name":"y"}' }, 400, 'validation-failed'],
    ['a number that would be rounded', 'POST', '/v1/accounts', { raw: OVER_SAFE }, 400, 'validation-failed'],
    [
      'text that is not UTF-8',
      'POST',
      '/v1/accounts',
      { raw: new Uint8Array([0x22, 0xff, 0x22]) },
      400,
      'malformed-json',
    ],
    ['JSON 33 deep', 'POST', '/v1/accounts', { raw: deep(33) }, 400, 'validation-failed'],
    ['__proto__', 'POST', '/v1/accounts', { raw: '{"name":"x","__proto__":{"admin":true}}' }, 400, 'validation-failed'],
    [
      '__proto__ within',
      'POST',
      '/v1/accounts',
      { raw: '{"name":"x","custom":{"__proto__":1}}' },
      400,
      'validation-failed',
    ],
    [
      'a number that none can hold',
      'POST',
      '/v1/accounts',
      { raw: '{"name":"x","custom":{"a":1e999}}' },
      400,
      'validation-failed',
    ],
    [
      'a body over 1 MiB',
      'POST',
      '/v1/accounts',
      { raw: `{"name":"${'x'.repeat(1_048_600)}"}` },
      413,
      'body-too-large',
    ],
    [
      'a record that is over 1 MiB when it is stored',
      'POST',
      '/v1/prospects',
      { raw: prospectOf(1_048_570) },
      413,
      'change-too-large',
    ],
    [
      'another media type',
      'POST',
      '/v1/accounts',
      { raw: '<a/>', headers: { 'content-type': 'text/xml' } },
      415,
      'media-type-not-supported',
    ],
    [
      'a merge patch to create',
      'POST',
      '/v1/accounts',
      { raw: '{"name":"x"}', headers: { 'content-type': 'application/merge-patch+json' } },
      415,
      'media-type-not-supported',
    ],
    [
      'an empty key',
      'POST',
      '/v1/accounts',
      { body: { name: 'x' }, headers: { 'idempotency-key': ' ' } },
      400,
      'validation-failed',
    ],
    [
      'a key that is too long',
      'POST',
      '/v1/accounts',
      { body: { name: 'x' }, headers: { 'idempotency-key': 'k'.repeat(201) } },
      400,
      'validation-failed',
    ],
    [
      'a parameter that a create has not',
      'POST',
      '/v1/accounts?dry=true',
      { body: { name: 'x' } },
      400,
      'validation-failed',
    ],
    ['an id that nobody has', 'GET', `/v1/accounts/${NOBODY}`, {}, 404, 'record-not-found'],
    ['an id that is none', 'GET', '/v1/accounts/acme', {}, 404, 'record-not-found'],
    ['an unknown parameter of a record', 'GET', `/v1/accounts/${NOBODY}?fields=name`, {}, 400, 'validation-failed'],
    ['an unknown route', 'GET', '/v1/ships', {}, 404, 'route-not-found'],
    ['a method that no route has', 'QUERY', '/v1/accounts', {}, 405, 'method-not-allowed'],
    ['a method that the route has not', 'PUT', `/v1/accounts/${NOBODY}`, { body: {} }, 405, 'method-not-allowed'],
    ['no token', 'GET', '/v1/accounts', { headers: { authorization: '' } }, 401, 'not-authenticated'],
    [
      'a wrong token',
      'GET',
      '/v1/accounts',
      { headers: { authorization: 'Bearer sillage_wrong' } },
      401,
      'not-authenticated',
    ],
    [
      'a wrong token and an unknown route',
      'GET',
      '/v1/ships',
      { headers: { authorization: 'Bearer x' } },
      401,
      'not-authenticated',
    ],
  ];

  describe('a request is refused:', () => {
    it.each(requests)('%s', async (_wrong, method, path, call, status, code) => {
      const answer = await api.call(method, path, call);
      expect([answer.status, answer.body?.code]).toEqual([status, code]);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
    });

    it('32 levels of JSON are read', async () => {
      const answer = await api.post('/v1/accounts', JSON.parse(deep(32)));
      expect(answer.body.errors).toMatchObject([{ path: 'custom', code: 'wrong-type' }]);
    });
  });

  describe('a patch', () => {
    const patches: [wrong: string, patch: unknown, status: number, path: string, code: string][] = [
      ['an empty patch', {}, 400, '', 'empty-patch'],
      ['an unknown field', { nom: 'x' }, 400, 'nom', 'unknown-field'],
      ['a read-only field', { createdBy: 'me' }, 400, 'createdBy', 'read-only'],
      ['the beginning', { createdAt: '2020-01-01T00:00:00Z' }, 400, 'createdAt', 'read-only'],
      ['the end of a required field', { name: null }, 400, 'name', 'required'],
      ['a wrong type', { name: ['x'] }, 400, 'name', 'wrong-type'],
      ['half an amount where there is none', { amount: { value: '5' } }, 400, 'amount.currency', 'required'],
      ['a reference to nothing', { clientId: NOBODY }, 422, 'clientId', 'unknown-reference'],
    ];

    it.each(patches)('is refused: %s', async (_wrong, patch, status, path, code) => {
      const { body } = await api.post('/v1/opportunities', { name: 'Deal' });
      const answer = await api.patch(`/v1/opportunities/${body.id}`, patch, 0);
      expect([answer.status, answer.body.errors[0].path, answer.body.errors[0].code]).toEqual([status, path, code]);
      expect((await api.get(`/v1/opportunities/${body.id}`)).body).toEqual(body);
    });
  });

  describe('a problem', () => {
    it('is told in the language of the caller', async () => {
      const call = (language: string) => api.post('/v1/accounts', { nom: 'x' }, { 'accept-language': language });
      const [english, french, other] = await Promise.all(['en-GB', 'de, fr-CA;q=0.9, en;q=0.8', 'de'].map(call));
      expect(other?.body.title).toBe(english?.body.title);
      expect(french?.body.title).not.toBe(english?.body.title);
      expect(french?.body.errors[0].message).not.toBe(english?.body.errors[0].message);
      expect(french?.body.code).toBe(english?.body.code);
      expect(french?.headers.get('content-language')).toBe('fr');
    });
  });
}
