import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, Api } from '../api.js';
import type { RunningSillage, StartSillage } from '../running-sillage.js';

/** How lists are filtered, sorted, searched and paged, by whichever profile is started. */
export function listsSuite(start: StartSillage): void {
  let server: RunningSillage;
  let api: Api;
  let last: Answer;

  /** Deals whose order by any field is known: name, amount, currency, owner, stage, expected close. */
  const DEALS = [
    ['Émile & Fils — 200 licences', '100.50', 'EUR', 'Zoë', 'prospecting', '2026-05-01'],
    ['Ångström turbines', '9.99', 'EUR', 'Bo', 'proposal', '2026-04-01'],
    ['zebra crossing', '2000', 'EUR', 'Zoë', 'won', undefined],
    ['Łódź port', '5000', 'JPY', 'Ann', 'lost', '2026-06-30'],
    ['Plain deal', undefined, undefined, undefined, 'prospecting', undefined],
    ['東京 station', '1.234', 'KWD', 'Ann', 'negotiation', '2026-05-01'],
  ] as const;

  beforeAll(async () => {
    server = await start();
    api = Api.of(server);
    for (const [index, [name, value, currency, owner, stage, expectedCloseDate]] of DEALS.entries()) {
      last = await api.post('/v1/opportunities', {
        name,
        stage,
        ...(value && { amount: { value, currency } }),
        ...(owner && { owner }),
        ...(expectedCloseDate && { expectedCloseDate }),
        createdAt: `2026-01-0${index + 1}T00:00:00Z`,
        externalId: `deal-${index}`,
        tags: index % 2 ? ['odd', 'Häuser'] : ['even'],
        custom: { place: index, product: `GTX ${index % 3}`, hot: index === 2 },
      });
    }
  });
  afterAll(() => server.stop());

  const list = (query: string) => api.getAfter(last, `/v1/opportunities?${query}`);
  const places = async (query: string): Promise<number[]> => {
    const { status, body, text } = await list(query);
    if (status !== 200) throw new Error(text);
    return body.items.map((item: { custom: { place: number } }) => item.custom.place);
  };

  describe('a list', () => {
    it('shows whole records, newest first, and the position it shows', async () => {
      const answer = await list('');
      expect(await places('')).toEqual([5, 4, 3, 2, 1, 0]);
      expect(answer.body.items[0]).toEqual(last.body);
      expect(Number(answer.headers.get('sillage-position'))).toBeGreaterThanOrEqual(
        Number(last.headers.get('sillage-position')),
      );
    });

    it.each([
      ['owner=Zo%C3%AB', [2, 0]],
      ['owner=Ann&owner=Bo', [5, 3, 1]],
      ['owner.ne=Ann', [4, 2, 1, 0]],
      ['owner.ne=Ann&owner.ne=Bo', [4, 2, 0]],
      ['owner.exists=false', [4]],
      ['owner.exists=true&stage=prospecting', [0]],
      ['stage=won&stage=lost', [3, 2]],
      ['expectedCloseDate.gte=2026-05-01', [5, 3, 0]],
      ['expectedCloseDate.lt=2026-05-01', [1]],
      ['createdAt.gt=2026-01-04T00:00:00Z', [5, 4]],
      ['createdAt.lte=2026-01-04T01:00:00%2B01:00', [3, 2, 1, 0]],
      ['probability.gte=75', [5, 2]],
      ['amount.gte=100.5&amount.currency=EUR', [2, 0]],
      ['amount.lt=100.50&amount.currency=EUR', [1]],
      ['amount=1.234&amount.currency=KWD', [5]],
      ['amount.currency=JPY', [3]],
      ['amount.exists=false', [4]],
      ['tags=odd', [5, 3, 1]],
      ['tags=H%C3%A4user', [5, 3, 1]],
      ['custom.place=4', [4]],
      ['custom.product=GTX%201', [4, 1]],
      ['custom.hot=true', [2]],
      ['custom.nothing=1', []],
      ['externalId=deal-0&externalId=deal-5', [5, 0]],
      ['stageKind=open&owner=Zo%C3%AB', [0]],
      ['deleted=true', []],
      ["owner=' OR 1=1 --", []],
      ['custom.__proto__=1', []],
    ])('filters: %s', async (query, expected) => {
      expect(await places(query)).toEqual(expected);
    });

    it.each([
      ['q=emile', [0]],
      ['q=EMIL+lic', [0]],
      ['q=angs', [1]],
      ['q=lodz', [3]],
      ['q=%C5%82%C3%B3d%C5%BA', [3]],
      ['q=%E6%9D%B1%E4%BA%AC', [5]],
      ['q=zoe', [2, 0]],
      ['q=hauser', [5, 3, 1]],
      ['q=milet', []],
      ['q=deal+plain', [4]],
      ['q=emile&owner=Bo', []],
    ])('searches: %s', async (query, expected) => {
      expect(await places(query)).toEqual(expected);
    });

    it.each([
      ['sort=createdAt', [0, 1, 2, 3, 4, 5]],
      ['sort=name', [1, 5, 0, 3, 4, 2]],
      ['sort=amount', [1, 0, 2, 3, 5, 4]],
      ['sort=-amount', [5, 3, 2, 0, 1, 4]],
      ['sort=expectedCloseDate', [1, 0, 5, 3, 2, 4]],
      ['sort=-expectedCloseDate', [3, 5, 0, 1, 4, 2]],
      ['sort=-owner', [2, 0, 1, 5, 3, 4]],
    ])('sorts, what lacks the field last: %s', async (query, expected) => {
      expect(await places(query)).toEqual(expected);
    });

    it.each(['', 'sort=amount', 'sort=-expectedCloseDate', 'sort=-owner&owner.ne=Bo', 'q=a&sort=name'])(
      'pages through everything once: %s',
      async (query) => {
        const whole = await places(query);
        const seen: number[] = [];
        let cursor = '';
        do {
          const { body } = await list(`${query}&limit=2${cursor}`);
          seen.push(...body.items.map((item: { custom: { place: number } }) => item.custom.place));
          cursor = body.nextCursor ? `&cursor=${encodeURIComponent(body.nextCursor)}` : '';
        } while (cursor);
        expect(seen).toEqual(whole);
      },
    );

    it('counts when it is asked to', async () => {
      expect((await list('limit=1&count=true')).body).toMatchObject({ total: 6, items: [{}] });
      expect((await list('limit=1')).body.total).toBeUndefined();
      expect((await list('count=true&q=zoe')).body.total).toBe(2);
    });

    it('shows the deleted only when they are asked for', async () => {
      const { body } = await api.post('/v1/clients', { name: 'Gone' });
      const deleted = await api.delete(`/v1/clients/${body.id}`, 0);
      expect((await api.getAfter(deleted, '/v1/clients')).body.items).toEqual([]);
      const { items } = (await api.getAfter(deleted, '/v1/clients?deleted=true')).body;
      expect(items).toMatchObject([{ id: body.id, deletedAt: expect.any(String) }]);
      const restored = await api.post(`/v1/clients/${body.id}/restore`);
      expect((await api.getAfter(restored, '/v1/clients?q=gone')).body.items).toEqual([restored.body]);
    });

    it('finds a client by phone and address, whatever their form', async () => {
      const client = { name: 'Søren', phone: '+33 1 23 45 67 89', address: { city: 'Århus', country: 'Danmark' } };
      const created = await api.post('/v1/clients', client);
      for (const query of ['q=soren', 'q=%2B33123456789', 'q=arhus', 'address.country=Danmark', 'q=33+1+23']) {
        const { body } = await api.getAfter(created, `/v1/clients?${query}`);
        expect([query, body.items?.length]).toEqual([query, 1]);
      }
    });

    it('shows the pipelines that every tenant has', async () => {
      const { body } = await api.get('/v1/pipelines?sort=createdAt');
      expect(body.items.map((item: { appliesTo: string }) => item.appliesTo)).toEqual(['prospects', 'opportunities']);
    });
  });

  describe('a list is refused, naming what is wrong:', () => {
    it.each([
      ['unknown=1', 'unknown', 'unknown-parameter'],
      ['nom.ne=x', 'nom.ne', 'unknown-field'],
      ['owner.like=x', 'owner.like', 'unknown-operator'],
      ['owner.gt=x', 'owner.gt', 'unknown-operator'],
      ['sort=tags', 'sort', 'not-sortable'],
      ['sort=nom', 'sort', 'unknown-field'],
      ['limit=0', 'limit', 'too-small'],
      ['limit=201', 'limit', 'too-large'],
      ['limit=ten', 'limit', 'wrong-type'],
      ['limit=5&limit=6', 'limit', 'given-twice'],
      ['count=yes', 'count', 'not-in-set'],
      ['deleted=1', 'deleted', 'not-in-set'],
      ['owner.exists=maybe', 'owner.exists', 'not-in-set'],
      ['accountId=acme', 'accountId', 'wrong-form'],
      ['createdAt.gt=yesterday', 'createdAt.gt', 'not-an-instant'],
      ['expectedCloseDate=2026-02-30', 'expectedCloseDate', 'not-a-date'],
      ['probability=high', 'probability', 'wrong-type'],
      ['amount.gte=10', 'amount.gte', 'currency-required'],
      ['amount.gte=1.234&amount.currency=EUR', 'amount.gte', 'too-many-decimals'],
      ['amount.gte=-5&amount.currency=EUR', 'amount.gte', 'not-a-decimal'],
      ['amount.currency=EUX', 'amount.currency', 'unknown-currency'],
      ['custom=x', 'custom', 'unknown-field'],
      ['notes=x', 'notes', 'unknown-parameter'],
    ])('%s', async (query, path, code) => {
      const { status, body } = await list(query);
      expect([status, body.code]).toEqual([400, 'validation-failed']);
      expect(body.errors).toContainEqual({ path, code, message: expect.stringMatching(/\S/) });
    });

    it('more parameters than any query has', async () => {
      const { status, body } = await list(
        Array.from({ length: 501 }, (_, index) => `createdAt.gt=${2000 + index}-01-01`).join('&'),
      );
      expect([status, body.errors[0].code]).toEqual([400, 'too-many']);
      expect((await list(Array.from({ length: 500 }, (_, index) => `externalId=${index}`).join('&'))).status).toBe(200);
    });

    it('the cursor of another query, or none at all', async () => {
      const { nextCursor } = (await list('sort=amount&limit=2')).body;
      const forged = Buffer.from('{"key":["x"]}').toString('base64url');
      for (const query of [
        `sort=-amount&cursor=${nextCursor}`,
        `sort=amount&owner=Bo&cursor=${nextCursor}`,
        'cursor=x',
        `cursor=${forged}`,
      ]) {
        const { status, body } = await list(query);
        expect([query, status, body.code]).toEqual([query, 400, 'invalid-cursor']);
      }
      expect((await list(`sort=amount&limit=3&cursor=${nextCursor}`)).status).toBe(200);
    });
  });

  describe('Sillage-Wait-For', () => {
    it('reads one’s own writes, and gives up where there is nothing to wait for', async () => {
      for (let round = 0; round < 20; round += 1) {
        const created = await api.post('/v1/prospects', { name: `Round ${round}` });
        const { body } = await api.getAfter(created, '/v1/prospects?limit=1');
        expect(body.items[0]).toEqual(created.body);
      }
      const future = await api.get('/v1/prospects', { 'sillage-wait-for': '999999999' });
      expect([future.status, future.body.code, future.headers.get('retry-after')]).toEqual([503, 'views-behind', '1']);
      expect((await api.get('/v1/prospects', { 'sillage-wait-for': 'soon' })).status).toBe(400);
    });
  });

  describe('a client’s interactions', () => {
    it('are a list like any other, newest date first', async () => {
      const { body: client } = await api.post('/v1/clients', { name: 'Ann' });
      const { body: other } = await api.post('/v1/clients', { name: 'Bo' });
      let logged: Answer | undefined;
      for (const [clientId, date, subject] of [
        [client.id, '2026-01-02T00:00:00Z', 'second'],
        [client.id, '2026-01-03T00:00:00Z', 'third'],
        [other.id, '2026-01-04T00:00:00Z', 'other'],
        [client.id, '2026-01-01T00:00:00Z', 'first'],
      ]) {
        logged = await api.post('/v1/interactions', { kind: 'call', date, subject, clientId });
      }
      const of = async (query: string) => {
        const { body } = await api.getAfter(logged as Answer, `/v1/clients/${client.id}/interactions?${query}`);
        return body.items.map((item: { subject: string }) => item.subject);
      };
      expect(await of('')).toEqual(['third', 'second', 'first']);
      expect(await of('sort=date&limit=2')).toEqual(['first', 'second']);
      expect(await of('date.gte=2026-01-02T00:00:00Z&q=sec')).toEqual(['second']);
      expect((await api.get('/v1/clients/none/interactions')).status).toBe(404);
      expect((await api.get(`/v1/clients/${client.id}/interactions?kind=fax`)).status).toBe(400);
    });
  });
}
