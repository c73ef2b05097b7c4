import { createRequire } from 'node:module';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { AsyncApiDocument } from '@sillage/contracts/asyncapi';
import type { OpenApiDocument } from '@sillage/contracts/openapi';
import { digest } from '@sillage/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LANGUAGES, languageOf } from '../problems/index.js';
import { PROBLEMS_CSS, problemsPage } from './problems-page.js';
import { SWAGGER_ASSETS, SWAGGER_HTML, SWAGGER_INITIALIZER } from './swagger-page.js';

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** Only what this server serves; Swagger UI's style sheet draws its icons from `data:` images. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What the public API is, in words for machines. */
export interface ApiDocuments {
  readonly openApi: OpenApiDocument;
  readonly asyncApi: AsyncApiDocument;
}

/**
 * Serves the OpenAPI document at `/openapi.json`, the AsyncAPI document at `/asyncapi.json`, and at `/docs` a page to read
 * the first and try it out, without internet.
 */
export function registerDocs(fastify: FastifyInstance, { openApi, asyncApi }: ApiDocuments): void {
  serveDocument(fastify, '/openapi.json', openApi);
  serveDocument(fastify, '/asyncapi.json', asyncApi);
  fastify.register(async (docs) => {
    docs.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
    });
    serveText(docs, '/docs', HTML, SWAGGER_HTML);
    serveText(docs, '/docs/', HTML, SWAGGER_HTML);
    serveText(docs, '/docs/initializer.js', JAVASCRIPT, SWAGGER_INITIALIZER);
    serveText(docs, '/docs/problems.css', CSS, PROBLEMS_CSS);
    serveProblems(docs);
    await docs.register(fastifyStatic, {
      root: path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/swagger-ui.css')),
      prefix: '/docs/',
      index: false,
      decorateReply: false,
      allowedPath: (name) => SWAGGER_ASSETS.includes(name.replace(/^\//, '')),
    });
  });
}

/** A document does not change while the process runs: encoded once, and known by its digest. */
function serveDocument(fastify: FastifyInstance, url: string, document: ApiDocuments[keyof ApiDocuments]): void {
  const text = JSON.stringify(document);
  const etag = `"${digest(text)}"`;
  fastify.get(url, async (request, reply) => {
    reply.header('etag', etag).header('cache-control', 'no-cache');
    if (isKnown(request, etag)) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(text);
  });
}

function isKnown({ headers }: FastifyRequest, etag: string): boolean {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return known.includes(etag) || known.includes('*');
}

function serveText(fastify: FastifyInstance, url: string, type: string, text: string): void {
  fastify.get(url, async (_request, reply): Promise<FastifyReply> => reply.type(type).send(text));
}

function serveProblems(fastify: FastifyInstance): void {
  const pages = new Map(LANGUAGES.map((language) => [language, problemsPage(language)]));
  fastify.get('/docs/problems', async (request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    reply.headers({ 'content-language': language, vary: 'Accept-Language' });
    return reply.type(HTML).send(pages.get(language));
  });
}
