// Two commands started at once must not install or build into the same folders.
// Node has no flock, so: a file created exclusively, whose time its holder renews every second. A waiter that
// has watched it stay unrenewed for several seconds of its OWN running time takes it over. (The time on the clock
// would not do: after a suspend every lock looks old. A process id would not do either: it means nothing from
// inside a container that mounts the same folder.)
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say, toolchain } from './project.js';

const RENEW_EVERY_MS = 1_000;
const POLL_EVERY_MS = 200;
const POLLS_UNTIL_ABANDONED = 40;

const path = join(toolchain, 'lock');

/** Runs `work` while no other process of this project does; waits for as long as that takes. */
export async function exclusively(work) {
  const token = await acquire();
  const renewal = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch {
      // Taken over, or the folder was deleted under us: nothing to renew.
    }
  }, RENEW_EVERY_MS);
  const giveBack = () => release(token);
  process.once('exit', giveBack);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    process.off('exit', giveBack);
    release(token);
  }
}

async function acquire() {
  mkdirSync(toolchain, { recursive: true });
  const token = randomUUID();
  let seen;
  let unchanged = 0;
  let announced = false;
  for (;;) {
    try {
      writeFileSync(path, token, { flag: 'wx' });
      return token;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!announced) {
      say('waiting for another command that is installing or building …');
      announced = true;
    }
    const now = look();
    unchanged = now !== undefined && now === seen ? unchanged + 1 : 0;
    seen = now;
    if (unchanged >= POLLS_UNTIL_ABANDONED) {
      takeAway(seen);
      unchanged = 0;
    }
    await sleep(POLL_EVERY_MS);
  }
}

/** Who holds the lock and when it was last renewed; undefined when nobody does. */
function look() {
  try {
    return `${readFileSync(path, 'utf8')} ${statSync(path).mtimeMs}`;
  } catch {
    return undefined;
  }
}

/** Removes an abandoned lock. A rename, because only one of several waiters can win it. */
function takeAway(abandoned) {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const token = readFileSync(aside, 'utf8');
  if (!abandoned.startsWith(token)) {
    // Another waiter was quicker, and this is its fresh lock: put it back.
    try {
      linkSync(aside, path);
    } catch {
      // A third one holds it by now.
    }
  }
  rmSync(aside, { force: true });
}

function release(token) {
  try {
    if (readFileSync(path, 'utf8') === token) rmSync(path);
  } catch {
    // Already gone.
  }
}
