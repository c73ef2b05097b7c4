import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Runs something on behalf of a request: every log line on the way bears the request's id. */
export function correlated<T>(correlationId: string, run: () => T): T {
  return current.run(correlationId, run);
}

/** The id of the request on whose behalf this runs, if it is one's. */
export function correlationId(): string | undefined {
  return current.getStore();
}
