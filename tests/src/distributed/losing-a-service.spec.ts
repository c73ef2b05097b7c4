import { afterEach, describe, expect, it } from '@jest/globals';
import { openSqliteEventLog } from '@sillage/event-store/sqlite';
import { eventually } from '@sillage/event-store/testing';
import { Distributed } from './processes.js';
import { end, type Running } from './running.js';
import { type Attempt, WriteLoad } from './write-load.js';

let service: Running | undefined;
let gateway: Running | undefined;

afterEach(async () => {
  await end(gateway, 'SIGKILL');
  await end(service, 'SIGKILL');
});

async function startBoth(): Promise<Distributed> {
  const distributed = await Distributed.prepare();
  service = await distributed.startService();
  gateway = await distributed.startGateway();
  return distributed;
}

/** The ids of all accounts that the store has, each as often as it was created. */
async function storedAccounts(file: string): Promise<readonly string[]> {
  const log = openSqliteEventLog(file);
  const created: string[] = [];
  for (let after = 0; ; ) {
    const events = await log.readAll({ after, limit: 1_000 });
    if (events.length === 0) break;
    after = events.at(-1)?.position ?? after;
    created.push(...events.filter(({ type }) => type === 'AccountCreated').map(({ stream }) => stream));
  }
  log.close();
  return created.map((stream) => stream.slice(stream.indexOf('.') + 1));
}

async function moreWrites(load: WriteLoad): Promise<void> {
  const before = load.acknowledged.length;
  await eventually('a hundred more writes are acknowledged', () => load.acknowledged.length > before + 100);
}

function isPolite({ answer }: Attempt): boolean {
  return answer?.status === 201 || (answer?.status === 503 && answer.headers.get('retry-after') !== null);
}

describe('a service under load', () => {
  it('is killed: nothing acknowledged is lost or done twice, all are answered in time, and it goes on', async () => {
    const distributed = await startBoth();
    const load = new WriteLoad(Distributed.api(gateway as Running), 16);
    for (let kill = 0; kill < 3; kill += 1) {
      await moreWrites(load);
      await end(service, 'SIGKILL');
      service = await distributed.startService();
    }
    await moreWrites(load);
    await load.stop();

    const stored = await storedAccounts(distributed.eventsFile);
    expect(new Set(stored).size).toBe(stored.length);
    const lost = load.acknowledged.filter(({ body }) => !stored.includes(body.id));
    expect(lost).toEqual([]);
    expect(load.attempts.filter((attempt) => !isPolite(attempt))).toEqual([]);
    expect(Math.max(...load.attempts.map(({ milliseconds }) => milliseconds))).toBeLessThan(10_000);
  }, 60_000);

  it('is told to stop: it finishes what it has, and no request fails but with 503 and Retry-After', async () => {
    const distributed = await startBoth();
    const load = new WriteLoad(Distributed.api(gateway as Running), 16);
    await moreWrites(load);
    const code = await end(service);
    service = await distributed.startService();
    await moreWrites(load);
    await load.stop();
    expect(code).toBe(0);
    expect(load.attempts.filter((attempt) => !isPolite(attempt))).toEqual([]);
  }, 60_000);

  it('is not there: who asks is told within a few seconds, and the gateway is ready all the same', async () => {
    await startBoth();
    const api = Distributed.api(gateway as Running);
    expect((await api.post('/v1/accounts', { name: 'Acme' })).status).toBe(201);
    await end(service);
    const begun = performance.now();
    const answer = await api.post('/v1/accounts', { name: 'Acme' });
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect([answer.status, answer.body.code]).toEqual([503, 'service-unavailable']);
    expect((await api.get('/health/ready')).status).toBe(200);
  }, 30_000);

  it('is frozen: requests are refused in time, and answered when it wakes', async () => {
    await startBoth();
    const api = Distributed.api(gateway as Running);
    expect((await api.post('/v1/accounts', { name: 'Acme' })).status).toBe(201);
    service?.process.kill('SIGSTOP');
    const begun = performance.now();
    const answer = await api.post('/v1/accounts', { name: 'Acme' });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    service?.process.kill('SIGCONT');
    const after = new WriteLoad(api, 1);
    await moreWrites(after);
    await after.stop();
  }, 40_000);
});

describe('the gateway under load', () => {
  it('is told to stop: no request fails but with 503 and Retry-After, or finds nobody there any more', async () => {
    await startBoth();
    const load = new WriteLoad(Distributed.api(gateway as Running), 16);
    await moreWrites(load);
    const begun = performance.now();
    const code = await end(gateway);
    expect(performance.now() - begun).toBeLessThan(10_000);
    await load.stop();
    expect(code).toBe(0);
    const answered = load.attempts.filter(({ answer }) => answer !== undefined);
    expect(answered.filter((attempt) => !isPolite(attempt))).toEqual([]);
  }, 30_000);
});
