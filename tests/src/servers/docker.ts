import { setTimeout as passing } from 'node:timers/promises';

/** Milliseconds that an engine has to answer: a run without Docker must not notice that it was looked for. */
const TIME_TO_ANSWER = 1_000;

/**
 * Whether a Docker engine answers, wherever testcontainers looks for one: `DOCKER_HOST`, the usual sockets, and what is set
 * in `~/.testcontainers.properties`. Gives its containers then.
 */
export async function dockerContainers(): Promise<typeof import('./containers.js').startContainer | undefined> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const answers = getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
  const isThere = await Promise.race([answers, passing(TIME_TO_ANSWER, false, { ref: false })]);
  return isThere ? (await import('./containers.js')).startContainer : undefined;
}
