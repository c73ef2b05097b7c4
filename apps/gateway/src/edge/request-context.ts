import type { CommandContext } from '@sillage/kernel';
import type { FastifyRequest } from 'fastify';
import { accessOf } from '../permission/authorization.js';
import { identityOf } from './authentication.js';

/** Milliseconds that a service has for a command; the gateway itself answers within 10 s. */
const SERVICE_DEADLINE = 8_000;

export function contextOf(request: FastifyRequest): CommandContext {
  const { tenant, actor } = identityOf(request);
  const { owners } = accessOf(request);
  const context = { tenant, actor, correlationId: request.id, deadline: Date.now() + SERVICE_DEADLINE };
  return owners === undefined ? context : { ...context, owners };
}

/** The context with the time of a whole request before it: for each part of an answer that goes on and on. */
export function renewed(context: CommandContext): CommandContext {
  return { ...context, deadline: Date.now() + SERVICE_DEADLINE };
}
