import { setTimeout as passing } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@sillage/event-store/testing';
import { type Answer, Api } from '../api.js';
import { describeOnServers, type Servers } from './servers.js';
import { type Replica, WholeSillage } from './whole-sillage.js';

const TITLE = 'reporting, upgraded to a version with other views, under reads and writes';
const NEXT_VERSION = './reporting-of-next-version.js';

await describeOnServers(TITLE, specification);

function specification(servers: Servers): void {
  let sillage: WholeSillage;
  let api: Api;

  beforeAll(async () => {
    sillage = await WholeSillage.start(servers, { reporting: 2 });
    api = Api.of(await sillage.newTenant());
  }, 90_000);
  afterAll(async () => {
    await sillage.stop('SIGKILL');
    await servers.stop();
  }, 30_000);

  /** Writes, and reads what was written, until it is told to stop; gives all answers of reads. */
  function reading(): { readonly answers: Answer[]; stop(): Promise<Answer> } {
    const answers: Answer[] = [];
    let isStopping = false;
    let last: Promise<Answer>;
    const loop = (async () => {
      while (!isStopping) {
        const written = await api.post('/v1/accounts', { name: 'Acme' });
        expect(written.status).toBe(201);
        answers.push(await api.getAfter(written, '/v1/accounts?limit=1&count=true'));
        last = Promise.resolve(written);
        await passing(20);
      }
    })();
    const stop = async () => {
      isStopping = true;
      await loop;
      return last;
    };
    return { answers, stop };
  }

  /** Two processes are asked in turn: answers of both have come when so many have. */
  const BOTH = 10;

  async function allWell(answers: readonly Answer[]): Promise<void> {
    await eventually('both replicas answer', () => {
      const latest = answers.slice(-BOTH);
      return latest.length === BOTH && latest.every(({ status }) => status === 200);
    });
  }

  it('goes on: old and new processes answer side by side, each from views of its own, until all are new', async () => {
    const [first, second] = sillage.of('reporting') as [Replica, Replica];
    const reads = reading();
    await allWell(reads.answers);
    for (const replica of [second, first]) {
      expect(await replica.end()).toBe(0);
      await replica.start(NEXT_VERSION);
      await allWell(reads.answers.splice(0));
      await allWell(reads.answers);
      if (replica === second) expect(first.running?.log()).toContain('views of another version serve');
    }
    const written = await reads.stop();
    const { items } = (await api.getAfter(written, '/v1/accounts?limit=200')).body;
    expect(items[0].id).toBe(written.body.id);
    const refused = reads.answers.filter(({ status }) => status !== 200);
    expect(refused.filter(({ status, body }) => status !== 503 || body.code !== 'views-behind')).toEqual([]);
  }, 120_000);
}
