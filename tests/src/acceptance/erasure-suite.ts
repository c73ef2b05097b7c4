import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, Api } from '../api.js';
import type { RunningSillage, StartSillage } from '../running-sillage.js';

/** A word that stands in every personal field of those who are forgotten, and nowhere else. */
const CANARY = 'zqcanary';

const client = (name: string) => ({
  name: `${name} of Wherever`,
  address: { street: `1 ${name} street`, city: `${name}ville`, country: name },
  phone: `${name}-1`,
  email: `${name}@example.com`,
  jobTitle: `${name} keeper`,
  externalId: `x-${name}`,
  tags: [name],
  custom: { note: name, other: 3 },
  owner: 'Anna Snelling',
});

/** How a person is forgotten, and what stays, in whichever profile is started. */
export function erasureSuite(start: StartSillage): void {
  let server: RunningSillage;
  let api: Api;

  beforeAll(async () => {
    server = await start();
    api = Api.of(server);
  });
  afterAll(() => server.stop());

  async function created(path: string, body: object, key?: string): Promise<string> {
    const answer = await api.post(path, body, key === undefined ? {} : { 'idempotency-key': key });
    expect(answer.status).toBe(201);
    return answer.body.id;
  }

  async function changed(path: string, patch: object): Promise<Answer> {
    const { body } = await api.get(path);
    const answer = await api.patch(path, patch, body.revision);
    expect(answer.status).toBe(200);
    return answer;
  }

  /** Every public event, as text. */
  async function events(): Promise<string> {
    let text = '';
    for (let position = 0; ; ) {
      const page = await api.get(`/v1/events?after=${position}&limit=1000`);
      text += page.text;
      if (page.body.nextPosition === position) return text;
      position = page.body.nextPosition;
    }
  }

  describe('a client who is forgotten', () => {
    let id: string;
    let other: string;
    let opportunity: string;
    const interactions: { [name: string]: string } = {};
    let before: Answer;
    let certificate: Answer;

    beforeAll(async () => {
      id = await created('/v1/clients', client(CANARY), 'the-client');
      other = await created('/v1/clients', client('remains'));
      await changed(`/v1/clients/${id}`, { jobTitle: `${CANARY} chief`, phone: null, owner: 'Boris' });
      const call = { kind: 'call', date: '2026-02-01T10:00:00Z', notes: `${CANARY} said so` };
      const about = (clientId: string) => ({ ...call, subject: `${CANARY} called`, clientId });
      interactions.own = await created('/v1/interactions', about(id));
      interactions.movedHere = await created('/v1/interactions', about(other));
      await changed(`/v1/interactions/${interactions.movedHere}`, { clientId: id });
      interactions.movedAway = await created('/v1/interactions', about(id));
      await changed(`/v1/interactions/${interactions.movedAway}`, { clientId: other });
      interactions.deleted = await created('/v1/interactions', about(id));
      expect((await api.delete(`/v1/interactions/${interactions.deleted}`, 0)).status).toBe(204);
      interactions.others = await created('/v1/interactions', { ...call, subject: 'no', notes: '-', clientId: other });
      const amount = { value: '1500.00', currency: 'EUR' };
      const renewal = await api.post('/v1/opportunities', { name: 'Renewal', amount, clientId: id });
      opportunity = renewal.body.id;
      before = await api.getAfter(renewal, '/v1/reports/opportunities?groupBy=client');
      certificate = await api.post(`/v1/clients/${id}/forget`);
    });

    it('has a certificate of what was erased, and has it again each time', async () => {
      expect(certificate.status).toBe(200);
      const { own, movedHere, movedAway, deleted } = interactions;
      expect(certificate.body).toEqual({
        subject: `clients/${id}`,
        forgottenAt: expect.stringMatching(/^20\d\d-.*Z$/),
        forgottenBy: expect.any(String),
        erased: {
          records: expect.arrayContaining([
            `clients/${id}`,
            ...[own, movedHere, movedAway, deleted].map((interaction) => `interactions/${interaction}`),
          ]),
          events: 7,
          fields: expect.arrayContaining(['name', 'address', 'phone', 'email', 'jobTitle', 'externalId', 'subject']),
          keys: expect.any(Array),
        },
        position: Number(certificate.headers.get('sillage-position')),
      });
      expect(certificate.body.erased.records).toHaveLength(5);
      expect(certificate.body.erased.keys).toHaveLength(5);
      const again = await api.post(`/v1/clients/${id}/forget`, {});
      expect(again.body).toEqual(certificate.body);
    });

    it('is a record without its personal fields', async () => {
      const { status, body } = await api.get(`/v1/clients/${id}`);
      expect(status).toBe(200);
      expect(body).toEqual({
        id,
        owner: 'Boris',
        revision: 4,
        createdAt: expect.any(String),
        createdBy: expect.any(String),
        updatedAt: expect.any(String),
        updatedBy: expect.any(String),
        forgottenAt: expect.any(String),
      });
      const interaction = await api.get(`/v1/interactions/${interactions.own}`);
      expect(interaction.body).toMatchObject({ kind: 'call', clientId: id, forgottenAt: expect.any(String) });
      expect(interaction.body.subject).toBeUndefined();
    });

    it.each([
      ['its record', () => api.get(`/v1/clients/${id}`)],
      ['its history', () => api.get(`/v1/clients/${id}/history`)],
      ['what is kept of it', () => api.get(`/v1/clients/${id}/personal-data`)],
      ['the list of clients', () => api.getAfter(certificate, '/v1/clients')],
      ['a search', () => api.getAfter(certificate, `/v1/clients?q=${CANARY}&count=true`)],
      ['a search of interactions', () => api.getAfter(certificate, `/v1/interactions?q=${CANARY}&count=true`)],
      ['a filter by external id', () => api.getAfter(certificate, `/v1/clients?externalId=x-${CANARY}`)],
      ['its interactions', () => api.getAfter(certificate, `/v1/clients/${id}/interactions`)],
      ['deleted interactions', () => api.getAfter(certificate, '/v1/interactions?deleted=true')],
      ['an interaction that had moved away', () => api.get(`/v1/interactions/${interactions.movedAway}/history`)],
      ['an interaction that had moved to it', () => api.get(`/v1/interactions/${interactions.movedHere}/history`)],
      ['a report', () => api.getAfter(certificate, '/v1/reports/opportunities?groupBy=client')],
      [
        'the answer to its creation, repeated',
        () => api.post('/v1/clients', client(CANARY), { 'idempotency-key': 'the-client' }),
      ],
    ])('is not told by %s', async (_, ask) => {
      const answer = await ask();
      expect(answer.status).toBeLessThan(300);
      expect(answer.text).not.toContain(CANARY);
    });

    it('is not told by past events, and subscribers are told to erase it too', async () => {
      const told = await events();
      expect(told).not.toContain(CANARY);
      expect(told).toContain('"sillage.client.forgotten.v1"');
      expect(told.split('"sillage.interaction.forgotten.v1"')).toHaveLength(5);
    });

    it('still counts', async () => {
      const report = await api.getAfter(certificate, '/v1/reports/opportunities?groupBy=client');
      expect(report.body.totals).toEqual(before.body.totals);
      expect(report.body.rows).toEqual([expect.objectContaining({ client: { id, name: null }, count: 1 })]);
      expect((await api.get(`/v1/opportunities/${opportunity}`)).body).toMatchObject({ name: 'Renewal', clientId: id });
      const list = await api.getAfter(certificate, '/v1/clients?forgottenAt.exists=true&count=true');
      expect(list.body).toMatchObject({ total: 1, items: [{ id, owner: 'Boris' }] });
    });

    it('can no longer be changed, and nothing can be written about it', async () => {
      const gone = [410, 'record-forgotten'];
      const patched = await api.patch(`/v1/clients/${id}`, { name: 'Back' }, 4);
      expect([patched.status, patched.body.code]).toEqual(gone);
      const stale = await api.patch(`/v1/clients/${id}`, { name: 'Back' }, 0);
      expect([stale.status, stale.body.code]).toEqual(gone);
      const deleted = await api.delete(`/v1/clients/${id}`, 4);
      expect([deleted.status, deleted.body.code]).toEqual(gone);
      const restored = await api.post(`/v1/interactions/${interactions.deleted}/restore`);
      expect([restored.status, restored.body.code]).toEqual(gone);
      const about = { kind: 'note', date: '2026-02-02T10:00:00Z', subject: 'More', clientId: id };
      const written = await api.post('/v1/interactions', about);
      expect(written.status).toBe(422);
      expect(written.body.errors).toEqual([expect.objectContaining({ path: 'clientId', code: 'forgotten-person' })]);
      const moved = await api.patch(`/v1/interactions/${interactions.others}`, { clientId: id }, 0);
      expect(moved.status).toBe(422);
    });

    it('leaves others alone', async () => {
      expect((await api.get(`/v1/clients/${other}`)).body).toMatchObject(client('remains'));
      expect((await api.get(`/v1/interactions/${interactions.others}`)).body.subject).toBe('no');
      const found = await api.getAfter(certificate, '/v1/clients?q=remains&count=true');
      expect(found.body.total).toBe(1);
    });

    it('frees its external id', async () => {
      await created('/v1/clients', { name: 'Somebody else', externalId: `x-${CANARY}` });
    });
  });

  describe('a prospect who is forgotten', () => {
    it('keeps its stage and source, also when it had been deleted before', async () => {
      const body = { name: 'zqprospect', company: 'zqprospect', email: 'zqprospect@example.com', notes: 'zqprospect' };
      const id = await created('/v1/prospects', { ...body, source: 'fair', stage: 'contacted' });
      const both = { kind: 'email', date: '2026-02-01T10:00:00Z', subject: 'zqprospect', prospectId: id };
      const clientId = await created('/v1/clients', { name: 'With it' });
      const interaction = await created('/v1/interactions', { ...both, clientId });
      await api.delete(`/v1/prospects/${id}`, 0);
      const certificate = await api.post(`/v1/prospects/${id}/forget`);
      expect(certificate.status).toBe(200);
      const deleted = await api.get(`/v1/prospects/${id}?deleted=true`);
      expect(deleted.body).toMatchObject({ id, source: 'fair', stage: 'contacted', deletedAt: expect.any(String) });
      expect(deleted.text + (await events())).not.toContain('zqprospect');
      expect((await api.get(`/v1/interactions/${interaction}`)).body.forgottenAt).toEqual(expect.any(String));
      expect((await api.get(`/v1/clients/${clientId}`)).body.name).toBe('With it');
      const restored = await api.post(`/v1/prospects/${id}/restore`);
      expect([restored.status, restored.body.code]).toEqual([410, 'record-forgotten']);
    });
  });

  describe('what is kept of a person', () => {
    it('is given with its history, what concerns them, and what each field means', async () => {
      const id = await created('/v1/clients', { name: 'Zoë', email: 'zoe@example.com' });
      await changed(`/v1/clients/${id}`, { jobTitle: 'Buyer' });
      const ids: string[] = [];
      for (let index = 0; index < 40; index += 1) {
        const about = { kind: 'note', date: '2026-02-01T10:00:00Z', subject: `Note ${index}`, clientId: id };
        ids.push(await created('/v1/interactions', about));
      }
      const { status, body } = await api.get(`/v1/clients/${id}/personal-data`);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        subject: `clients/${id}`,
        fields: { clients: { email: 'E-mail address' }, interactions: { subject: 'Subject' } },
        record: { id, name: 'Zoë', jobTitle: 'Buyer' },
        history: [{ type: 'ClientCreated' }, { type: 'ClientDetailsRevised' }],
      });
      expect(body.interactions.map(({ record }: { record: { id: string } }) => record.id).sort()).toEqual(ids.sort());
      expect(body.interactions[0].history).toHaveLength(1);
    });
  });

  it('is not for who is not there, nor for other records', async () => {
    const nobody = '0199a1f0-5c3e-7d21-9b4a-000000000000';
    for (const path of [`/v1/clients/${nobody}/forget`, '/v1/prospects/nobody/forget']) {
      const answer = await api.post(path);
      expect([answer.status, answer.body.code]).toEqual([404, 'record-not-found']);
    }
    expect((await api.get(`/v1/clients/${nobody}/personal-data`)).body.code).toBe('record-not-found');
    expect((await api.post(`/v1/accounts/${nobody}/forget`)).body.code).toBe('route-not-found');
    expect((await api.post(`/v1/clients/${nobody}/forget`, { all: true })).status).toBe(400);
  });
}
