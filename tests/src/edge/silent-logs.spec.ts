import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../api.js';
import { exchange } from '../raw-http.js';
import { Server } from '../server.js';

/** What stands for a person here, and for a token of somebody's. */
const PERSON = 'Canary Yellowfeather';
const TOKEN = 'canary-token-yellowfeather';

/** Whatever of either gets into a log, in whatever case or encoding of a URL. */
const LEAK = /canary|yellowfeather/i;

describe('logs at every level', () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({ environment: { SILLAGE_LOG_LEVEL: 'trace' } });
  });
  afterAll(() => server.stop());

  it('tell of requests, and of no person and no token, whatever becomes of the request', async () => {
    const { token } = server;
    const api = Api.of(server);
    const client = {
      name: PERSON,
      email: 'canary@yellowfeather.example',
      phone: '+33 6 00 00 00 00',
      externalId: PERSON,
    };
    const created = await api.post('/v1/clients', client, { 'idempotency-key': 'canary-key' });
    const { id } = created.body;
    const interaction = { kind: 'note', date: '2026-02-01T10:00:00Z', subject: PERSON, notes: PERSON, clientId: id };
    const query = encodeURIComponent(PERSON);
    const answers = [
      created,
      await api.post('/v1/interactions', interaction),
      await api.patch(`/v1/clients/${id}`, { name: `${PERSON} the Second` }, 0),
      await api.getAfter(created, `/v1/clients?q=${query}`),
      await api.get(`/v1/clients?name=${query}&email=canary@yellowfeather.example`),
      await api.get(`/v1/clients/${id}/history`),
      await api.get('/v1/events'),
      await api.post('/v1/clients/batch', { items: [client, { nom: PERSON }] }),
      // What is refused: by the router, the edge, the rules of a type, the state of a record, and access.
      await api.get(`/v1/${query}/${query}?${query}=${query}`),
      await api.get(`/v1/clients/${query}`),
      await api.get(`/v1/clients?q=%ff${query}`),
      await api.get(`/v1/clients?${query}=1&sort=${query}`),
      await api.call('POST', '/v1/clients', { raw: `{"name":"${PERSON}"` }),
      await api.call('POST', '/v1/clients', { raw: PERSON, headers: { 'content-type': `text/${TOKEN}` } }),
      await api.post('/v1/clients', { ...client, [PERSON]: PERSON, email: PERSON }),
      await api.post('/v1/clients', client),
      await api.post('/v1/clients', { ...client, name: 'Other' }, { 'idempotency-key': 'canary-key' }),
      await api.patch(`/v1/clients/${id}`, { name: PERSON }, 0),
      await api.get('/v1/clients', { authorization: `Bearer ${TOKEN}` }),
      await api.get(`/v1/clients?access_token=${TOKEN}`, { authorization: `Basic ${TOKEN}`, cookie: TOKEN }),
      await api.get('/v1/clients', { 'user-agent': PERSON, referer: `https://${TOKEN}/`, 'accept-language': TOKEN }),
    ];
    const raw = await Promise.all(
      [
        `GET /v1/clients?q=${query} HTTP/1.1\r\nHost: ${TOKEN}\r\nHost: x\r\n\r\n`,
        `${PERSON}\r\n\r\n`,
        `GET /v1/clients HTTP/1.1\r\nHost: x\r\nX-${TOKEN} : ${PERSON}\r\n\r\n`,
        `GET /${TOKEN}/%ff HTTP/1.1\r\nHost: x\r\n\r\n`,
      ].map((bytes) => exchange(server.url, bytes)),
    );
    await server.stop();
    expect(answers.map(({ status }) => status)).toEqual([
      201, 201, 200, 200, 200, 200, 200, 200, 404, 404, 400, 400, 400, 415, 400, 409, 422, 412, 401, 401, 200,
    ]);
    expect(raw.map((answer) => answer?.status)).toEqual([400, 400, 400, 400]);
    const lines = server.log().split('\n');
    expect(lines.filter((line) => line.includes('a request was answered')).length).toBeGreaterThanOrEqual(
      answers.length,
    );
    expect(lines.filter((line) => LEAK.test(line) || line.includes(token))).toEqual([]);
  });
});
