/** Milliseconds. kafkajs itself sends no more of them than it is configured to. */
const EVERY = 500;

/** Keeps up the membership of the group while something is under way. @throws what a heartbeat throws */
export async function beatingUntil<T>(done: Promise<T>, heartbeat: () => Promise<void>): Promise<T> {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const timer = setInterval(() => heartbeat().catch(reject), EVERY);
  try {
    return await Promise.race([done, failed]);
  } finally {
    clearInterval(timer);
  }
}
