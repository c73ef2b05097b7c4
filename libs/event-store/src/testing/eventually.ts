import { setTimeout as sleep } from 'node:timers/promises';

/** How long what must happen may take, in milliseconds: generous, since it is only waited for when it does not. */
const DEADLINE = 10_000;

/** Waits for what must come true; throws, naming it, when it has not by the deadline. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + DEADLINE;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`within ${DEADLINE} ms it did not come true that ${what}`);
    await sleep(5);
  }
}
