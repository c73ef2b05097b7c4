import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { fault, notUnderstood, Problem } from '@sillage/kernel';
import { asProblem } from '@sillage/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, toProblemJson } from '../problems/index.js';
import { methodsOf } from './api-document.js';

/** Answers everything that is thrown with problem+json, in the caller's language and without a driver's words. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    answerProblem(thrown, request, reply);
  }
}

export function answerProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const language = languageOf(request.headers['accept-language']);
  const { status, headers, body } = toProblemJson(problemOf(thrown, request), { requestId: request.id, language });
  reply.code(status).headers(headers).send(JSON.stringify(body));
}

function problemOf(thrown: unknown, request: FastifyRequest): Problem {
  if (hasLeft(thrown, request)) return new Problem('malformed-request');
  // Before what else may be wrong with a request that nothing takes.
  if (request.is404 && edgeStatus(thrown) !== undefined) return unrouted(request);
  switch (edgeStatus(thrown)) {
    case undefined:
      return asProblem(thrown);
    case 404:
      return unrouted(request);
    case 413:
      return new Problem('body-too-large');
    case 415:
      return new Problem('media-type-not-supported', { params: { type: request.headers['content-type'] ?? '' } });
    default:
      return notUnderstood(fault('', 'wrong-form'));
  }
}

/** The status below 500 with which Fastify, or Nest on its behalf, refuses a request before a route has it. */
function edgeStatus(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const isFastifys = thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('FST_');
  const status = isFastifys && 'statusCode' in thrown ? Number(thrown.statusCode) : 500;
  return status < 500 ? status : undefined;
}

/** A caller who left before the body was there did nothing that is worth a line of the log, and reads no answer. */
function hasLeft(thrown: unknown, { raw }: FastifyRequest): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ECONNRESET' && raw.destroyed && !raw.complete;
}

/** No route takes the request: there is none for the path, or none for the method. */
function unrouted(request: FastifyRequest): Problem {
  const methods = methodsOf(request.url.split('?', 1)[0] as string);
  if (methods.length === 0) return new Problem('route-not-found');
  return new Problem('method-not-allowed', { params: { method: request.method, allow: methods.join(', ') } });
}
