import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, Api } from '../api.js';
import { Server } from '../server.js';

describe('a gateway that takes one request a second of a token, ten at once, and two of a tenant', () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({ environment: { SILLAGE_RATE_LIMIT: '2', SILLAGE_TOKEN_RATE_LIMIT: '1' } });
  });
  afterAll(() => server.stop());

  it('refuses what is beyond with 429, says on every answer what is left, and takes more after the wait', async () => {
    const api = Api.of(server);
    const answers: Answer[] = [];
    do answers.push(await api.post('/v1/accounts', { name: 'Acme' }));
    while (answers.at(-1)?.status === 201 && answers.length < 100);
    const [first, refused] = [answers[0], answers.at(-1)] as [Answer, Answer];
    expect(first.headers.get('ratelimit-policy')).toBe('"tenant";q=20;w=10, "token";q=10;w=10');
    expect(first.headers.get('ratelimit')).toBe('"tenant";r=19;t=1, "token";r=9;t=1');
    expect(answers.length).toBeGreaterThan(10);
    expect([refused.status, refused.body.code]).toEqual([429, 'rate-limited']);
    expect(refused.headers.get('ratelimit')).toMatch(/"token";r=0;t=10$/);
    expect(refused.headers.get('retry-after')).toBe('1');
    const deadline = Date.now() + 5_000;
    let later = await api.get('/v1/pipelines');
    while (later.status === 429 && Date.now() < deadline) later = await api.get('/v1/pipelines');
    expect(later.status).toBe(200);
  });

  it('limits neither what needs no token nor those who are not let in', async () => {
    const stranger = new Api(server.url, 'none');
    const open = await Promise.all(Array.from({ length: 50 }, () => stranger.get('/health/live')));
    const refused = await Promise.all(Array.from({ length: 50 }, () => stranger.get('/v1/accounts')));
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([401]));
    expect(open[0]?.headers.get('ratelimit')).toBeNull();
  });
});

it('a gateway of one tenant limits it by nothing unless it is told to', async () => {
  const server = await Server.start();
  const { headers } = await Api.of(server).get('/v1/pipelines');
  await server.stop();
  expect(headers.get('ratelimit-policy')).toBeNull();
});
