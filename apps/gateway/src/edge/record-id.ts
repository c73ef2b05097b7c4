import { isId, Problem } from '@sillage/kernel';
import type { FastifyRequest } from 'fastify';

/** The id in a path. What is not one leads to no record, like an id that nobody has. */
export function recordId(request: FastifyRequest): string {
  const { id } = request.params as { readonly id: string };
  if (!isId(id)) throw new Problem('record-not-found');
  return id.toLowerCase();
}
