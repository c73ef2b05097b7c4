import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Answer, Api } from '../api.js';
import { type Company, created, foundCompany, SUBJECTS } from './company.js';
import { SillageForPeople } from './sillage-for-people.js';

let sillage: SillageForPeople;
let acme: Company;
let administrator: Api;
let ann: Api;
let mia: Api;

beforeAll(async () => {
  sillage = await SillageForPeople.start();
  acme = await foundCompany(sillage, 'acme');
  ({ administrator, representative: ann, manager: mia } = acme.as);
}, 30_000);
afterAll(() => sillage?.stop());

/** Asks again until an answer is as wanted: a change of users counts a second after lists show it. */
async function eventually(ask: () => Promise<Answer>, isWanted: (answer: Answer) => boolean): Promise<Answer> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still ${answer.status}: ${answer.text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const namesIn = ({ body }: Answer): readonly string[] => body.items.map(({ name }: { name: string }) => name).sort();

describe('a list', () => {
  beforeAll(async () => {
    const world = [
      { name: 'Alpha', owner: 'Ann', source: 'fair' },
      { name: 'Beta', owner: 'Bob', source: 'fair' },
      { name: 'Omega', owner: 'Zoe', source: 'fair' },
      { name: 'Nobody', source: 'fair' },
    ];
    for (const body of world) await created(administrator, 'prospects', body);
    await administrator.getAfter(await administrator.post('/v1/prospects', { name: 'Last' }), '/v1/prospects');
  });

  it.each([
    'source=fair',
    'owner=Ann&owner=Bob&owner=Zoe',
    'owner.ne=Nobody',
    'q=',
    'source=fair&owner.exists=true',
    'sort=owner',
    'sort=-name&limit=200',
  ])('holds no more for being asked %s', async (query) => {
    expect(namesIn(await ann.get(`/v1/prospects?${query}`))).toEqual(['Alpha']);
    expect(namesIn(await mia.get(`/v1/prospects?${query}`))).toEqual(['Alpha', 'Beta']);
  });

  it.each(['owner=Zoe', 'owner.exists=false', 'owner.ne=Ann', 'q=omega', 'q=nobody', 'deleted=true'])(
    'is empty for Ann when she asks for others by %s',
    async (query) => {
      const { status, body } = await ann.get(`/v1/prospects?${query}&count=true`);
      expect([status, body]).toEqual([200, { items: [], nextCursor: null, total: 0 }]);
    },
  );

  it('goes on after a cursor of somebody who sees more, with nothing but what is in scope', async () => {
    const first = await administrator.get('/v1/prospects?sort=name&limit=1');
    const rest = await mia.get(`/v1/prospects?sort=name&limit=1&cursor=${first.body.nextCursor}`);
    expect(namesIn(rest)).toEqual(['Beta']);
  });

  it('of the interactions of a client has those in scope, of a client in scope', async () => {
    const [hers, zoes] = [
      await created(administrator, 'clients', { name: 'Client of Ann', owner: 'Ann' }),
      await created(administrator, 'clients', { name: 'Client of Zoe', owner: 'Zoe' }),
    ];
    const call = { kind: 'call', date: '2026-03-02T09:30:00Z', clientId: hers.id };
    for (const owner of ['Ann', 'Zoe'])
      await created(administrator, 'interactions', { ...call, subject: owner, owner });
    const last = await administrator.post('/v1/interactions', { ...call, subject: 'nobody' });
    const { body } = await ann.getAfter(last, `/v1/clients/${hers.id}/interactions`);
    expect(body.items.map(({ subject }: { subject: string }) => subject)).toEqual(['Ann']);
    expect((await ann.get(`/v1/clients/${zoes.id}/interactions`)).status).toBe(404);
  });
});

describe('a report', () => {
  it('sums what is in scope, in JSON, CSV and detail, whatever it is asked', async () => {
    const amount = (value: string) => ({ value, currency: 'EUR' });
    await created(administrator, 'opportunities', { name: 'Hers', owner: 'Ann', amount: amount('10') });
    await created(administrator, 'opportunities', { name: 'His', owner: 'Bob', amount: amount('200') });
    await created(administrator, 'opportunities', { name: 'Of others', owner: 'Zoe', amount: amount('3000') });
    const last = await administrator.post('/v1/opportunities', { name: 'Of nobody', amount: amount('40000') });
    const sums = async (api: Api, query: string) =>
      (await api.getAfter(last, `/v1/reports/opportunities?${query}`)).body.totals.amount;
    for (const query of ['', 'groupBy=owner', 'owner.ne=Nobody', 'groupBy=account,client', 'sort=-amount&limit=1']) {
      expect(await sums(ann, query)).toEqual([{ value: '10.00', currency: 'EUR' }]);
      expect(await sums(mia, query)).toEqual([{ value: '210.00', currency: 'EUR' }]);
    }
    expect(await sums(ann, 'owner=Zoe')).toEqual([]);
    expect((await sums(acme.as.analyst, ''))[0]).toEqual({ value: '43210.00', currency: 'EUR' });
    const csv = await ann.get('/v1/reports/opportunities?detail=true&format=csv');
    expect(csv.text).toContain('Hers');
    expect(csv.text).not.toMatch(/His|Of others|Of nobody/);
  });
});

describe('who creates and gives', () => {
  it('owns what they create without saying whose it is', async () => {
    expect((await ann.post('/v1/accounts', { name: 'A' })).body.owner).toBe('Ann');
    expect((await mia.post('/v1/accounts', { name: 'M' })).body.owner).toBe('Mia');
    expect((await administrator.post('/v1/accounts', { name: 'X' })).body.owner).toBeUndefined();
  });

  it('is told where the owner is wrong, in their language', async () => {
    const refused = await ann.post('/v1/accounts', { name: 'A', owner: 'Zoe' }, { 'accept-language': 'fr' });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ code: 'not-allowed', errors: [{ path: 'owner', code: 'out-of-reach' }] });
    expect(refused.body.errors[0].message).toMatch(/personnes/);
  });

  it('cannot give a record out of reach, but a manager within their team', async () => {
    const { id } = (await ann.post('/v1/accounts', { name: 'A' })).body;
    expect((await ann.patch(`/v1/accounts/${id}`, { owner: 'Bob' }, 0)).status).toBe(403);
    expect((await ann.patch(`/v1/accounts/${id}`, { owner: null }, 0)).status).toBe(403);
    expect((await mia.patch(`/v1/accounts/${id}`, { owner: 'Zoe' }, 0)).status).toBe(403);
    expect((await mia.patch(`/v1/accounts/${id}`, { owner: 'Bob' }, 0)).status).toBe(200);
    expect((await ann.get(`/v1/accounts/${id}`)).status).toBe(404);
  });

  it('changes nothing of a team or a pipeline by a batch', async () => {
    const operations = [
      { op: 'create', type: 'users', body: { name: 'Eve', subject: SUBJECTS.manager } },
      { op: 'update', type: 'teams', id: acme.teamId, ifMatch: '*', body: { managerId: null } },
      { op: 'create', type: 'prospects', body: { name: 'Hers' } },
    ];
    const { body } = await ann.post('/v1/batch', { operations });
    expect(body.results.map(({ status }: { status: number }) => status)).toEqual([403, 403, 201]);
    const integration = await acme.as.integration.post('/v1/batch', { operations });
    expect(integration.body.results.map(({ status }: { status: number }) => status)).toEqual([403, 403, 201]);
  });
});

describe('events', () => {
  it('are shown whose record was or is in scope', async () => {
    const { id } = (await mia.post('/v1/prospects', { name: 'Handed over', owner: 'Ann' })).body;
    await mia.patch(`/v1/prospects/${id}`, { owner: 'Bob' }, 0);
    await mia.patch(`/v1/prospects/${id}`, { company: 'Acme' }, 1);
    const seen = async (api: Api) => {
      const { body } = await api.get('/v1/events?limit=1000');
      const own = body.items.filter(({ subject }: { subject: string }) => subject === `prospects/${id}`);
      return own.map(({ revision }: { revision: number }) => revision);
    };
    expect(await seen(ann)).toEqual([0, 1]);
    expect(await seen(mia)).toEqual([0, 1, 2]);
    expect(await seen(acme.as.integration)).toEqual([0, 1, 2]);
  });

  it('are followed live by who comes into reach, and by nobody else', async () => {
    const { url, token } = await sillage.connection('acme', { subject: SUBJECTS.manager, roles: ['manager'] });
    const after = (await mia.get('/v1/events?limit=1000')).body.nextPosition;
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
    const response = await fetch(`${url}/v1/events?after=${after}`, { headers });
    const messages = response.body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    await created(administrator, 'prospects', { name: 'Zoe 1', owner: 'Zoe' });
    const zoe = (await administrator.get('/v1/users?name=Zoe')).body.items[0];
    await administrator.patch(`/v1/users/${zoe.id}`, { teamId: acme.teamId }, 0);
    await eventually(
      () => mia.get('/v1/prospects?owner=Zoe'),
      ({ body }) => body.items.length > 0,
    );
    // What is told from now on is told to Mia: also by a stream that she had opened before.
    await created(administrator, 'prospects', { name: 'Nobody 2' });
    await created(administrator, 'prospects', { name: 'Zoe 2', owner: 'Zoe' });
    const names: string[] = [];
    for await (const { data } of messages ?? []) {
      const { name } = JSON.parse(data).data.record;
      names.push(name);
      if (name === 'Zoe 2') break;
    }
    expect(names.filter((name) => name !== 'Zoe')).toEqual(['Zoe 2']);
    await administrator.patch(`/v1/users/${zoe.id}`, { teamId: null }, 1);
    await eventually(
      () => mia.get('/v1/prospects?owner=Zoe'),
      ({ body }) => body.items.length === 0,
    );
  });
});

describe('who somebody is', () => {
  it('is said by the subject of their token, else by their name, else by nobody but it', async () => {
    await created(administrator, 'prospects', { name: 'Of subject', owner: 'lone-wolf' });
    const last = await administrator.post('/v1/prospects', { name: 'Of name', owner: 'Bob' });
    await administrator.getAfter(last, '/v1/prospects');
    const representative = (subject: string) => sillage.as('acme', { subject, roles: ['representative'] });
    expect(namesIn(await (await representative('lone-wolf')).get('/v1/prospects'))).toEqual(['Of subject']);
    expect(namesIn(await (await representative('Bob')).get('/v1/prospects?q=of'))).toEqual(['Of name']);
    // Ann has tokens of another subject: this one is not hers.
    expect((await (await representative('Ann')).get('/v1/prospects')).status).toBe(403);
  });

  it('is remembered when nobody can be looked up, and guessed of nobody', async () => {
    await ann.get('/v1/prospects');
    await sillage.loseServices();
    const stranger = await sillage.as('acme', { subject: 'stranger', roles: ['representative'] });
    expect((await ann.get('/v1/events')).status).toBe(200);
    expect((await stranger.get('/v1/events')).status).toBe(503);
    expect((await acme.as.administrator.get('/v1/events')).status).toBe(200);
  }, 20_000);
});
