import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../api.js';
import type { RunningSillage, StartSillage } from '../running-sillage.js';

/** How records are created, changed, deleted and remembered, by whichever profile is started. */
export function recordsSuite(start: StartSillage): void {
  let server: RunningSillage;
  let api: Api;

  beforeAll(async () => {
    server = await start();
    api = Api.of(server);
  });
  afterAll(() => server.stop());

  /** A body that each type takes, and a change of it. */
  async function samples() {
    const client = await api.post('/v1/clients', { name: 'Zoë Ångström' });
    return {
      prospects: [{ name: 'Élise Martin', company: 'Sillons & Fils', source: 'trade fair' }, { company: 'Sillage' }],
      opportunities: [{ name: '200 licences', amount: { value: '1500.50', currency: 'EUR' } }, { owner: 'Bo' }],
      accounts: [{ name: 'Acme', industry: 'retail', website: 'www.acme.example' }, { industry: 'medical' }],
      clients: [
        { name: 'Ann', address: { city: 'Lyon' }, phone: '+33 1 23 45 67 89' },
        { address: { street: 'Rue 1' } },
      ],
      interactions: [
        { kind: 'call', date: '2026-02-01T10:00:00+01:00', subject: 'First call', clientId: client.body.id },
        { durationMinutes: 30 },
      ],
      pipelines: [
        {
          name: 'Direct',
          appliesTo: 'opportunities',
          stages: [{ key: 'new', name: 'New', probability: 5, kind: 'open' }],
        },
        { name: 'Indirect' },
      ],
    };
  }

  describe('a record of each type', () => {
    it('is created, changed, deleted, restored and remembered', async () => {
      for (const [type, [body, patch]] of Object.entries(await samples())) {
        const created = await api.post(`/v1/${type}`, body);
        expect(created.status).toBe(201);
        const { id } = created.body;
        const path = `/v1/${type}/${id}`;
        expect(created.headers.get('location')).toBe(path);
        expect(created.headers.get('etag')).toBe('"0"');
        expect(created.headers.get('sillage-position')).toMatch(/^\d+$/);
        const { date: _, ...same } = body as { date?: string };
        expect(created.body).toMatchObject({ ...same, revision: 0, createdBy: 'administrator' });

        const got = await api.get(path);
        expect([got.status, got.body, got.headers.get('etag')]).toEqual([200, created.body, '"0"']);

        const changed = await api.patch(path, patch, 0);
        expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"1"']);
        expect(changed.body).toMatchObject({ ...patch, revision: 1 });

        const deleted = await api.delete(path, 1);
        expect([deleted.status, deleted.text]).toEqual([204, '']);
        const gone = await api.get(path);
        expect([gone.status, gone.body.code]).toEqual([410, 'record-deleted']);
        expect((await api.get(`${path}?deleted=true`)).body.deletedAt).toMatch(/Z$/);

        const restored = await api.post(`${path}/restore`);
        expect([restored.status, restored.headers.get('etag')]).toEqual([200, '"3"']);
        expect(restored.body.deletedAt).toBeUndefined();

        const history = await api.get(`${path}/history`);
        expect(history.body.items.map((item: { revision: number }) => item.revision)).toEqual([0, 1, 2, 3]);
        expect(history.body.items[0]).toMatchObject({ by: 'administrator', at: created.body.createdAt });
        const field = Object.keys(patch as object)[0] as string;
        expect(history.body.items[1].changes).toContainEqual({
          field,
          from: created.body[field] ?? null,
          to: changed.body[field],
        });
      }
    });

    it('keeps instants in UTC, texts in any script, and what a merge patch leaves out', async () => {
      const name = '株式会社 Ünï₿ — مرحبا 👋🏽';
      const client = await api.post('/v1/clients', { name, address: { city: '東京', country: '日本' } });
      const path = `/v1/clients/${client.body.id}`;
      expect((await api.patch(path, { address: { city: null, street: '1' } }, 0)).body).toMatchObject({
        name,
        address: { country: '日本', street: '1' },
      });
      const meeting = {
        kind: 'meeting',
        date: '2026-02-01T00:30:00+01:00',
        subject: name,
        notes: 'x'.repeat(50_000),
        clientId: client.body.id,
      };
      const logged = await api.post('/v1/interactions', meeting);
      expect(logged.body).toMatchObject({ date: '2026-01-31T23:30:00.000Z', subject: name, notes: meeting.notes });
    });

    it('is changed by merge-patch+json as by json', async () => {
      const { body } = await api.post('/v1/accounts', { name: 'Acme', custom: { a: 1, b: true, c: 'x' } });
      const headers = { 'content-type': 'application/merge-patch+json', 'if-match': '"0"' };
      const patched = await api.call('PATCH', `/v1/accounts/${body.id}`, {
        raw: '{"custom":{"a":null,"d":2.5}}',
        headers,
      });
      expect(patched.body.custom).toEqual({ b: true, c: 'x', d: 2.5 });
    });

    it('adds no event when a patch changes nothing', async () => {
      const { body } = await api.post('/v1/accounts', { name: 'Acme', tags: ['a', 'b'] });
      const same = await api.patch(`/v1/accounts/${body.id}`, { name: 'Acme', tags: ['a', 'b'], phone: null }, 0);
      expect([same.status, same.headers.get('etag')]).toEqual([200, '"0"']);
      expect((await api.get(`/v1/accounts/${body.id}/history`)).body.items).toHaveLength(1);
    });

    it('may have begun before it came here', async () => {
      const createdAt = '2016-10-20T00:00:00Z';
      const { body } = await api.post('/v1/opportunities', { name: 'Old', createdAt });
      expect(body.createdAt).toBe('2016-10-20T00:00:00.000Z');
      const { items } = (await api.get(`/v1/opportunities/${body.id}/history`)).body;
      expect(Date.parse(items[0].at)).toBeGreaterThan(Date.parse('2026-01-01'));
    });
  });

  describe('an opportunity', () => {
    it('is in the default pipeline, closes when it is won and opens again', async () => {
      const { body } = await api.post('/v1/opportunities', { name: 'Deal' });
      expect(body).toMatchObject({ stage: 'prospecting', probability: 10 });
      const path = `/v1/opportunities/${body.id}`;
      const won = await api.patch(path, { stage: 'won' }, 0);
      expect(won.body).toMatchObject({ stage: 'won', probability: 100, closedAt: won.body.updatedAt });
      const open = await api.patch(path, { stage: 'proposal' }, 1);
      expect(open.body.closedAt).toBeUndefined();
      const { items } = (await api.get(`${path}/history`)).body;
      expect(items.map((item: { type: string }) => item.type)).toEqual([
        'OpportunityCreated',
        'OpportunityWon',
        'OpportunityReopened',
      ]);
    });

    it('moves through a pipeline of its own, which may grow', async () => {
      const stages = [
        { key: 'engaging', name: 'Engaging', probability: 30, kind: 'open' },
        { key: 'done', name: 'Done', probability: 100, kind: 'won' },
      ];
      const pipeline = await api.post('/v1/pipelines', { name: 'Own', appliesTo: 'opportunities', stages });
      const pipelineId = pipeline.body.id;
      const { body } = await api.post('/v1/opportunities', { name: 'Deal', pipelineId });
      expect(body).toMatchObject({ pipelineId, stage: 'engaging', probability: 30 });
      const path = `/v1/opportunities/${body.id}`;
      const unknown = await api.patch(path, { stage: 'proposal' }, 0);
      expect([unknown.status, unknown.body.errors[0].path, unknown.body.errors[0].code]).toEqual([
        422,
        'stage',
        'unknown-stage',
      ]);
      const more = [...stages, { key: 'proposal', name: 'Proposal', probability: 60, kind: 'open' }];
      await api.patch(`/v1/pipelines/${pipelineId}`, { stages: more }, 0);
      expect((await api.patch(path, { stage: 'proposal' }, 0)).body).toMatchObject({
        stage: 'proposal',
        probability: 60,
      });
    });
  });

  describe('Idempotency-Key', () => {
    const key = (name: string) => ({ 'idempotency-key': name });

    it('gives the first answer again, and refuses another body', async () => {
      const first = await api.post('/v1/prospects', { name: 'Ann' }, key('k1'));
      await api.patch(`/v1/prospects/${first.body.id}`, { name: 'Anna' }, 0);
      const again = await api.post('/v1/prospects', { name: 'Ann' }, key('k1'));
      expect([again.status, again.body, again.headers.get('etag')]).toEqual([201, first.body, '"0"']);
      const other = await api.post('/v1/prospects', { name: 'Bo' }, key('k1'));
      expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
    });

    it('creates one record however many requests run at once', async () => {
      const requests = Array.from({ length: 20 }, () => api.post('/v1/accounts', { name: 'Twin' }, key('k2')));
      const answers = await Promise.all(requests);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(answers.every(({ status }) => status === 201)).toBe(true);
      expect((await api.get(`/v1/accounts/${answers[0]?.body.id}/history`)).body.items).toHaveLength(1);
    });

    it('works for restore and for batches', async () => {
      const { body } = await api.post('/v1/accounts', { name: 'Acme' });
      const path = `/v1/accounts/${body.id}`;
      await api.delete(path, 0);
      const restored = await api.post(`${path}/restore`, undefined, key('k3'));
      await api.delete(path, 1);
      await api.delete(path, 2);
      const again = await api.post(`${path}/restore`, undefined, key('k3'));
      expect([again.status, again.body]).toEqual([restored.status, restored.body]);

      const items = [{ name: 'One' }, { name: 'Two' }];
      const batch = await api.post('/v1/accounts/batch', { items }, key('k4'));
      expect((await api.post('/v1/accounts/batch', { items }, key('k4'))).body).toEqual(batch.body);
      const other = await api.post('/v1/accounts/batch', { items: [{ name: 'One' }, { name: 'Three' }] }, key('k4'));
      expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
    });
  });

  describe('If-Match', () => {
    it('is required, and a stale one is told what happened since', async () => {
      const { body } = await api.post('/v1/clients', { name: 'Ann' });
      const path = `/v1/clients/${body.id}`;
      for (const method of ['PATCH', 'DELETE']) {
        const missing = await api.call(method, path, method === 'PATCH' ? { body: { name: 'Bo' } } : {});
        expect([missing.status, missing.body.code]).toEqual([428, 'if-match-required']);
      }
      await api.patch(path, { phone: '1' }, 0);
      const stale = await api.patch(path, { phone: '2' }, 0);
      expect([stale.status, stale.body.code, stale.body.currentRevision]).toEqual([412, 'stale-revision', 1]);
      expect(stale.body.events).toMatchObject([{ revision: 1, changes: [{ field: 'phone', from: null, to: '1' }] }]);
      expect((await api.delete(path, 0)).status).toBe(412);
      expect((await api.patch(path, { phone: '3' }, '*')).status).toBe(200);
      for (const form of ['3', 'W/"2"', '"x"', '"-1"'])
        expect((await api.patch(path, { phone: '4' }, form)).status).toBe(400);
    });
  });

  describe('externalId', () => {
    it('is unique for its type', async () => {
      const externalId = 'crm-1';
      const first = await api.post('/v1/accounts', { name: 'Acme', externalId });
      const taken = await api.post('/v1/accounts', { name: 'Other', externalId });
      expect([taken.status, taken.body.code, taken.body.takenBy]).toEqual([409, 'external-id-taken', first.body.id]);
      expect((await api.post('/v1/clients', { name: 'Ann', externalId })).status).toBe(201);
      const second = await api.post('/v1/accounts', { name: 'Second' });
      expect((await api.patch(`/v1/accounts/${second.body.id}`, { externalId }, 0)).status).toBe(409);
      await api.delete(`/v1/accounts/${first.body.id}`, 0);
      expect((await api.patch(`/v1/accounts/${second.body.id}`, { externalId }, 0)).status).toBe(200);
      expect((await api.post(`/v1/accounts/${first.body.id}/restore`)).status).toBe(409);
    });
  });

  describe('a batch', () => {
    it('of one type answers line by line, each standing alone', async () => {
      const items = [
        { name: 'One', idempotencyKey: 'b1' },
        { name: '' },
        { name: 'Two', externalId: 'same' },
        { name: 'Three', externalId: 'same' },
        { name: 'Four', parentAccountId: '00000000-0000-4000-8000-000000000000' },
        { name: 'One', idempotencyKey: 'b1' },
        { name: 'Other', idempotencyKey: 'b1' },
      ];
      const { status, body } = await api.post('/v1/accounts/batch', { items });
      expect(status).toBe(200);
      expect(body.results.map((result: { status: number }) => result.status)).toEqual([
        201, 400, 201, 409, 422, 201, 422,
      ]);
      expect(body.results[5]).toEqual(body.results[0]);
      expect(body.results[0]).toEqual({ status: 201, id: expect.any(String), revision: 0 });
      expect(body.results[1].problem).toMatchObject({
        status: 400,
        code: 'validation-failed',
        errors: [{ path: 'name' }],
      });
    });

    it('of mixed types creates, updates, deletes and restores', async () => {
      const { body: account } = await api.post('/v1/accounts', { name: 'Acme' });
      const operations = [
        { op: 'create', type: 'prospects', body: { name: 'Ann' }, idempotencyKey: 'm1' },
        { op: 'update', type: 'accounts', id: account.id, ifMatch: '"0"', body: { industry: 'retail' } },
        { op: 'delete', type: 'accounts', id: account.id, ifMatch: 1 },
        { op: 'restore', type: 'accounts', id: account.id },
        { op: 'update', type: 'accounts', id: account.id, ifMatch: 0, body: { industry: 'x' } },
        { op: 'update', type: 'accounts', id: account.id, body: { industry: 'x' } },
        { op: 'delete', type: 'clients', id: account.id, ifMatch: 0 },
        { op: 'melt', type: 'clients', id: account.id },
        { op: 'create', type: 'ships', body: {} },
      ];
      const { status, body } = await api.post('/v1/batch', { operations });
      expect(status).toBe(200);
      expect(body.results.map((result: { status: number }) => result.status)).toEqual([
        201, 200, 204, 200, 412, 428, 404, 400, 400,
      ]);
      expect(body.results[3]).toEqual({ status: 200, id: account.id, revision: 3 });
    });

    it('has between 1 and 200 lines', async () => {
      expect((await api.post('/v1/accounts/batch', { items: [] })).status).toBe(400);
      const items = Array.from({ length: 201 }, () => ({ name: 'x' }));
      const tooMany = await api.post('/v1/accounts/batch', { items });
      expect([tooMany.status, tooMany.body.errors[0]]).toMatchObject([400, { path: 'items', code: 'too-many' }]);
      expect((await api.post('/v1/accounts/batch', { items: items.slice(1) })).body.results).toHaveLength(200);
      expect((await api.post('/v1/accounts/batch', { operations: [] })).body.errors[0].path).toBe('operations');
    });
  });
}
