// `npm run start:distributed`: the distributed profile on one machine, a process a service, against the servers that
// EVENTSTOREDB_URL, KAFKA_BROKERS and MONGODB_URI name; the topic is made if there is none. For trying it out: nothing is
// restarted here. When one process ends, all do, and the command ends as that one did.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { endWithNpm, environmentFor, run } from '../bootstrap/child.js';
import { root, say } from '../bootstrap/project.js';
import { nodeOptions } from './program.js';

/** Where each service takes messages; those after them take none. */
const SERVICES = { prospects: 4101, opportunities: 4102, accounts: 4103, interactions: 4104, reporting: 4105 };
const PROCESSES = [...Object.keys(SERVICES), 'relay', 'gateway'];

/** The first port for health and metrics: one more for each process, in this order. */
const MANAGEMENT = 4201;

export async function distributed({ node }) {
  const environment = { ...addresses(), ...environmentFor(node), ...accessUnlessGiven(), ...masterKeyUnlessGiven() };
  const topics = await run(node, [...nodeOptions, entryOf('cli'), 'topics'], { cwd: root, env: environment });
  if (topics !== 0) return topics;
  const children = PROCESSES.map((name) => start(node, name, environment));
  const stop = (signal) => {
    for (const { child } of children) child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
  const first = await Promise.race(children.map(({ ended }) => ended));
  say(`${first.name} has ended: so do all`);
  stop('SIGTERM');
  await Promise.all(children.map(({ ended }) => ended));
  return first.code ?? 1;
}

function entryOf(name) {
  return join(root, 'apps', name, 'dist/main.js');
}

function addresses() {
  return Object.fromEntries(
    Object.entries(SERVICES).map(([name, port]) => [`SILLAGE_SERVICE_${name.toUpperCase()}`, `127.0.0.1:${port}`]),
  );
}

/** A token of this run where neither an issuer nor a token is given and it is said that this is no place for secrets. */
function accessUnlessGiven() {
  const { SILLAGE_OIDC_ISSUER, SILLAGE_ADMIN_TOKEN, SILLAGE_INSECURE } = process.env;
  if (SILLAGE_OIDC_ISSUER || SILLAGE_ADMIN_TOKEN || SILLAGE_INSECURE !== 'true') return {};
  const token = `sillage_${randomBytes(32).toString('base64url')}`;
  say(`the administrator's token of this run: ${token}`);
  return { SILLAGE_ADMIN_TOKEN: token };
}

/** A master key of this folder where none is given: what was sealed in one run is to be read in the next. */
function masterKeyUnlessGiven() {
  const { SILLAGE_MASTER_KEY, SILLAGE_MASTER_KEY_FILE, SILLAGE_INSECURE } = process.env;
  if (SILLAGE_MASTER_KEY || SILLAGE_MASTER_KEY_FILE || SILLAGE_INSECURE !== 'true') return {};
  const file = join(root, '.sillage', 'distributed-master-key');
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  }
  say(`personal data is sealed by keys under ${file}`);
  return { SILLAGE_MASTER_KEY_FILE: file };
}

function start(node, name, environment) {
  const port = SERVICES[name];
  const own = {
    SILLAGE_MANAGEMENT_PORT: String(MANAGEMENT + PROCESSES.indexOf(name)),
    ...(port === undefined ? {} : { SILLAGE_LISTEN: `127.0.0.1:${port}` }),
  };
  const child = spawn(node, [...nodeOptions, entryOf(name)], {
    cwd: root,
    env: { ...environment, ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    createInterface({ input: from }).on('line', (line) => to.write(`${name.padEnd(13)} ${line}\n`));
  }
  const stopWatching = endWithNpm(child);
  const ended = once(child, 'close').then(([code]) => {
    stopWatching();
    return { name, code };
  });
  return { child, ended };
}
