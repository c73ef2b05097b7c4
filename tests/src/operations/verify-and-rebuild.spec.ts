import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, Api } from '../api.js';
import { Server, temporaryDirectory } from '../server.js';
import { type Said, sillage } from '../sillage.js';

let server: Server;
let api: Api;

beforeEach(async () => {
  server = await Server.start();
  api = Api.of(server);
});
afterEach(() => server.stop());

/** Records of every type, with references, changes, and one that is deleted. */
async function fill(count: number): Promise<Answer> {
  const account = await api.post('/v1/accounts', { name: 'Acme', externalId: 'a-1' });
  const items = Array.from({ length: count }, (_, index) => ({
    name: `Deal ${index}`,
    amount: { value: String(index), currency: 'EUR' },
    accountId: account.body.id,
    idempotencyKey: `deal-${index}`,
  }));
  const { body } = await api.post('/v1/opportunities/batch', { items });
  await api.patch(`/v1/opportunities/${body.results[0].id}`, { stage: 'won' }, 0);
  await api.delete(`/v1/opportunities/${body.results[1].id}`, 0);
  return api.post('/v1/interactions', {
    kind: 'note',
    date: '2026-02-01T00:00:00Z',
    subject: 'x',
    accountId: account.body.id,
  });
}

function run(command: 'verify' | 'rebuild', dataDirectory = server.dataDirectory): Promise<Said> {
  return sillage(dataDirectory, dataDirectory, command).ended;
}

function change(file: string, sql: string): void {
  const db = new DatabaseSync(path.join(server.dataDirectory, file));
  db.exec(sql);
  db.close();
}

describe('verify', () => {
  it('finds nothing, while the server runs and after it', async () => {
    await api.getAfter(await fill(20), '/v1/opportunities');
    const running = await run('verify');
    await server.stop('SIGKILL');
    const stopped = await run('verify');
    for (const { code, stdout } of [running, stopped]) {
      expect(stdout).toMatch(/events are whole; the views are right up to event \d+/);
      expect(code).toBe(0);
    }
  });

  it('names what is wrong with the events', async () => {
    await api.getAfter(await fill(5), '/v1/opportunities');
    await server.stop('SIGKILL');
    change('events.db', "DELETE FROM event WHERE type = 'OpportunityWon'");
    change('events.db', "UPDATE event SET revision = 7 WHERE type = 'OpportunityDeleted'");
    const { code, stdout } = await run('verify');
    expect(code).toBe(1);
    expect(stdout).toMatch(/event \d+ of opportunity-default\S+: revision 7 stands where 1 is due/);
  });

  it('names what the views have wrong', async () => {
    await api.getAfter(await fill(5), '/v1/opportunities');
    await server.stop('SIGKILL');
    change('views/1.db', `UPDATE "view opportunities" SET document = replace(document, 'Deal 3', 'Deal 4')`);
    const { code, stdout } = await run('verify');
    expect(code).toBe(1);
    expect(stdout).toMatch(/opportunities of default, \S+: is .*Deal 4.* but the events make .*Deal 3/);
  });

  it('says where there is nothing to verify', async () => {
    const { code, stderr } = await run('verify', temporaryDirectory());
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^sillage: there are no events in [^\n]+\n$/)]);
  });
});

describe('rebuild', () => {
  it('lets a running server change over, while it is read and written', async () => {
    await api.getAfter(await fill(200), '/v1/opportunities');
    let isRebuilding = true;
    const reading = (async () => {
      const failures: unknown[] = [];
      for (let round = 0; isRebuilding; round += 1) {
        const written = await api.post('/v1/prospects', { name: `Round ${round}` });
        const listed = await api.getAfter(written, '/v1/prospects?limit=1');
        if (listed.body?.items?.[0]?.id !== written.body.id) failures.push(listed.text);
      }
      return failures;
    })();
    const first = await run('rebuild');
    const second = await run('rebuild');
    isRebuilding = false;
    expect(await reading).toEqual([]);
    for (const { code, stdout } of [first, second]) {
      expect(stdout).toContain('the views that served so far were the same');
      expect(code).toBe(0);
    }
    const verified = await run('verify');
    expect(verified.code).toBe(0);
  });

  it('replaces views that are wrong, and says in what', async () => {
    const last = await fill(5);
    const before = (await api.getAfter(last, '/v1/opportunities')).body;
    await server.stop('SIGKILL');
    change('views/1.db', `UPDATE "view opportunities" SET document = replace(document, 'Deal 3', 'Deal 4')`);
    const { code, stdout } = await run('rebuild');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/differed.*replaced:\n {2}opportunities default \S+\n$/s),
    ]);
    expect((await run('verify')).code).toBe(0);
    const { dataDirectory } = server;
    server = await Server.start({ dataDirectory });
    expect((await Api.of(server).get('/v1/opportunities')).body).toEqual(before);
  });
});
