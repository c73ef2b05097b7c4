import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asyncApiDocument } from '@sillage/contracts/asyncapi';
import { openApiDocument } from '@sillage/contracts/openapi';
import fastify, { type FastifyInstance } from 'fastify';
import { registerDocs } from './docs-page.js';

const openApi = openApiDocument({ version: '1.2.3' });
const asyncApi = asyncApiDocument({ version: '1.2.3' });

const DOCUMENTS = [
  ['/openapi.json', openApi],
  ['/asyncapi.json', asyncApi],
] as const;

describe('the documentation', () => {
  let server: FastifyInstance;

  beforeAll(async () => {
    server = fastify();
    // What an edge sets for every answer, the documentation may set otherwise.
    server.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', "default-src 'none'");
    });
    registerDocs(server, { openApi, asyncApi });
    await server.ready();
  });

  afterAll(() => server.close());

  const get = (url: string, headers = {}) => server.inject({ method: 'GET', url, headers });

  it.each(DOCUMENTS)('is the document at %s', async (url, document) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.json()).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it.each(DOCUMENTS.map(([url]) => url))('at %s is not sent again to who has it', async (url) => {
    const { headers } = await get(url);
    const again = await get(url, { 'if-none-match': `"other", ${headers.etag}` });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
    expect((await get(url, { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  it.each(['/docs', '/docs/'])('has a page at %s that loads only what this server has', async (url) => {
    const page = await get(url);
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).not.toMatch(/https?:|<style|<script>|style=|onload=/);
    const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(loaded).toHaveLength(4);
    for (const path of loaded) expect([path, (await get(path)).statusCode]).toEqual([path, 200]);
  });

  it('lets the page run scripts of this server, and nothing else', async () => {
    const { headers } = await get('/docs');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/);
    expect((await get('/docs/swagger-ui-bundle.js')).headers['content-type']).toMatch('javascript');
  });

  it.each(['/docs/package.json', '/docs/index.html', '/docs/../package.json', '/docs/%2e%2e/package.json'])(
    'does not serve %s',
    async (url) => {
      expect((await get(url)).statusCode).toBe(404);
    },
  );

  it('explains each problem, in the language asked for', async () => {
    const english = await get('/docs/problems');
    expect(english.body).toContain('<section id="stale-revision">');
    expect(english.body).toContain('Bearer &lt;token&gt;');
    const french = await get('/docs/problems', { 'accept-language': 'fr' });
    expect(french.headers['content-language']).toBe('fr');
    expect(french.body).toContain('La fiche a changé');
  });
});
