import type { IncomingMessage } from 'node:http';
import { newId } from '@sillage/kernel';

const PROCESS = newId();
let requests = 0;

/**
 * The caller's own id for the request if it has a harmless form, so that it can be found in both logs; else a new one.
 */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  if (typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given)) return given;
  return newRequestId();
}

/** The number of the request in this process, behind an id of the process. */
export function newRequestId(): string {
  requests += 1;
  return `${PROCESS}-${requests}`;
}
