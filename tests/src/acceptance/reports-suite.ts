import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, Api } from '../api.js';
import type { RunningSillage, StartSillage } from '../running-sillage.js';

/** What reports tell, of whom and in which form, by whichever profile is started. */
export function reportsSuite(start: StartSillage): void {
  let server: RunningSillage;
  let api: Api;
  let last: Answer;
  let acme: string;
  let client: string;

  beforeAll(async () => {
    server = await start();
    api = Api.of(server);
    const eur = (value: string) => ({ value, currency: 'EUR' });
    acme = (
      await api.post('/v1/accounts', {
        name: '=Acme',
        industry: 'retail',
        owner: 'Zoë',
        annualRevenue: eur('1000000.10'),
      })
    ).body.id;
    await api.post('/v1/accounts', {
      name: 'Beta',
      industry: 'retail',
      annualRevenue: { value: '500', currency: 'JPY' },
    });
    await api.post('/v1/accounts', { name: 'Gamma' });
    client = (await api.post('/v1/clients', { name: 'Ann' })).body.id;
    for (const deal of [
      {
        name: 'One',
        amount: eur('100.10'),
        stage: 'won',
        closedAt: '2026-02-10T00:00:00Z',
        owner: 'Zoë',
        accountId: acme,
      },
      {
        name: 'Two',
        amount: eur('50.05'),
        stage: 'won',
        closedAt: '2026-03-10T00:00:00Z',
        owner: 'Bo',
        accountId: acme,
      },
      {
        name: 'Three',
        amount: { value: '7000', currency: 'JPY' },
        stage: 'lost',
        closedAt: '2026-03-31T23:59:59Z',
        owner: 'Zoë',
      },
      { name: 'Four', amount: eur('10'), stage: 'proposal', owner: 'Zoë', accountId: acme, clientId: client },
      { name: 'Five', stage: 'prospecting', expectedCloseDate: '2026-07-14' },
    ]) {
      last = await api.post('/v1/opportunities', deal);
    }
    const gone = await api.post('/v1/opportunities', { name: 'Gone', amount: eur('999'), stage: 'won', owner: 'Zoë' });
    last = await api.delete(`/v1/opportunities/${gone.body.id}`, 0);
    for (const prospect of [
      { name: 'A', source: 'fair', stage: 'converted' },
      { name: 'B', source: 'fair' },
      { name: 'C', source: 'web', stage: 'unqualified' },
      { name: 'D' },
    ]) {
      last = await api.post('/v1/prospects', prospect);
    }
  });
  afterAll(() => server.stop());

  const report = (query: string, headers = {}) => api.getAfter(last, `/v1/reports/${query}`, headers);

  describe('the report on opportunities', () => {
    it('counts and sums by stage, in the order of the pipeline', async () => {
      const { status, body, headers } = await report('opportunities?groupBy=stage');
      expect(status).toBe(200);
      expect(body.groupBy).toEqual(['stage']);
      expect(body.rows.map((row: { stage: string }) => row.stage)).toEqual(['prospecting', 'proposal', 'won', 'lost']);
      expect(body.rows[0]).toMatchObject({ count: 1, amount: [], averageAmount: [], winRate: null });
      expect(body.rows[1]).toMatchObject({
        count: 1,
        amount: [{ value: '10.00', currency: 'EUR' }],
        weightedAmount: [{ value: '5.00', currency: 'EUR' }],
      });
      expect(body.rows[2]).toMatchObject({
        count: 2,
        won: 2,
        amount: [{ value: '150.15', currency: 'EUR' }],
        averageAmount: [{ value: '75.08', currency: 'EUR' }],
        wonAmount: [{ value: '150.15', currency: 'EUR' }],
      });
      expect(body.totals).toMatchObject({
        count: 5,
        won: 2,
        lost: 1,
        winRate: 0.6667,
        amount: [
          { value: '160.15', currency: 'EUR' },
          { value: '7000', currency: 'JPY' },
        ],
      });
      expect(String(body.position)).toBe(headers.get('sillage-position'));
      expect(Date.parse(body.at)).toBeGreaterThan(Date.parse('2026-01-01'));
    });

    it('groups by several dimensions, names what is referred to, and puts what is absent last', async () => {
      const { body } = await report('opportunities?groupBy=account,closedMonth');
      expect(
        body.rows.map((row: { account: unknown; closedMonth: unknown }) => [row.account, row.closedMonth]),
      ).toEqual([
        [{ id: acme, name: '=Acme' }, '2026-02'],
        [{ id: acme, name: '=Acme' }, '2026-03'],
        [{ id: acme, name: '=Acme' }, null],
        [null, '2026-03'],
        [null, null],
      ]);
    });

    it.each([
      ['owner=Zo%C3%AB', 3],
      ['owner=Zo%C3%AB&stage=won', 1],
      ['owner.exists=false', 1],
      ['currency=EUR', 3],
      ['currency.ne=EUR', 2],
      ['closedMonth.gte=2026-03', 2],
      ['expectedCloseMonth=2026-07', 1],
    ])('filters by %s', async (query, count) => {
      expect((await report(`opportunities?${query}`)).body.totals.count).toBe(count);
    });

    it('filters by account and client', async () => {
      expect((await report(`opportunities?account=${acme}`)).body.totals.count).toBe(3);
      expect((await report(`opportunities?client=${client}&groupBy=client`)).body.rows).toMatchObject([
        { client: { id: client, name: 'Ann' }, count: 1 },
      ]);
    });

    it('gives a top list by a measure of one currency', async () => {
      const { body } = await report('opportunities?groupBy=owner&currency=EUR&sort=-amount&limit=1');
      expect(body.rows).toMatchObject([{ owner: 'Zoë', amount: [{ value: '110.10', currency: 'EUR' }] }]);
      expect((await report('opportunities?groupBy=owner&sort=-count')).body.rows[0].owner).toBe('Zoë');
      const mixed = await report('opportunities?groupBy=owner&sort=-amount');
      expect([mixed.status, mixed.body.errors[0].path]).toEqual([400, 'sort']);
    });

    it('splits by currency', async () => {
      const { body } = await report('opportunities?groupBy=currency');
      expect(body.rows.map((row: { currency: string; count: number }) => [row.currency, row.count])).toEqual([
        ['EUR', 3],
        ['JPY', 1],
        [null, 1],
      ]);
    });

    it('is CSV when that is asked for, harmless to spreadsheets', async () => {
      for (const answer of [
        await report('opportunities?groupBy=account&format=csv'),
        await report('opportunities?groupBy=account', { accept: 'text/csv' }),
      ]) {
        expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
        const [header, first] = answer.text.trim().split(/\r?\n/);
        expect(header?.split(',')).toEqual(
          expect.arrayContaining(['account.id', 'account.name', 'count', 'amount.EUR', 'amount.JPY']),
        );
        expect(first).toContain("'=Acme");
        expect(first).toContain('160.15');
      }
    });

    it('gives every record as a line when detail is asked for', async () => {
      const lines = await report('opportunities?detail=true');
      expect(lines.headers.get('content-type')).toMatch(/ndjson/);
      const rows = lines.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(rows.map((row) => row.name).sort()).toEqual(['Five', 'Four', 'One', 'Three', 'Two']);
      const csv = await report('opportunities?detail=true&format=csv&owner=Bo');
      expect(csv.text.trim().split(/\r?\n/)).toHaveLength(2);
      expect((await report('opportunities?detail=true&nothing=1')).status).toBe(400);
    });

    it('follows every change at once', async () => {
      const { body } = await api.post('/v1/opportunities', { name: 'Six', amount: { value: '1', currency: 'CHF' } });
      const count = async (after: Answer) => {
        const answer = await api.getAfter(after, '/v1/reports/opportunities?groupBy=stage&currency=CHF');
        return answer.body.rows.map((row: { stage: string; count: number }) => [row.stage, row.count]);
      };
      const won = await api.patch(`/v1/opportunities/${body.id}`, { stage: 'won' }, 0);
      expect(await count(won)).toEqual([['won', 1]]);
      const deleted = await api.delete(`/v1/opportunities/${body.id}`, 1);
      expect(await count(deleted)).toEqual([]);
      const restored = await api.post(`/v1/opportunities/${body.id}/restore`);
      expect(await count(restored)).toEqual([['won', 1]]);
      last = await api.delete(`/v1/opportunities/${body.id}`, 3);
      expect(await count(last)).toEqual([]);
    });
  });

  describe('the report on accounts', () => {
    it('sums revenue, and what their opportunities have won and may win', async () => {
      const { body } = await report('accounts?groupBy=industry');
      expect(body.rows).toMatchObject([
        {
          industry: 'retail',
          count: 2,
          annualRevenue: [
            { value: '1000000.10', currency: 'EUR' },
            { value: '500', currency: 'JPY' },
          ],
          wonAmount: [{ value: '150.15', currency: 'EUR' }],
          openAmount: [{ value: '10.00', currency: 'EUR' }],
          opportunities: 3,
        },
        { industry: null, count: 1, annualRevenue: [], wonAmount: [], openAmount: [], opportunities: 0 },
      ]);
    });
  });

  describe('the report on prospects', () => {
    it('counts the converted by source', async () => {
      const { body } = await report('prospects?groupBy=source');
      expect(body.rows).toMatchObject([
        { source: 'fair', count: 2, converted: 1, conversionRate: 0.5 },
        { source: 'web', count: 1, converted: 0, conversionRate: 0 },
        { source: null, count: 1, converted: 0 },
      ]);
      expect(body.totals).toMatchObject({ count: 4, converted: 1, conversionRate: 0.25 });
    });

    it('is in the order of the pipeline by stage', async () => {
      const { body } = await report('prospects?groupBy=stage,source');
      expect(body.rows.map((row: { stage: string }) => row.stage)).toEqual(['new', 'new', 'converted', 'unqualified']);
    });
  });

  describe('a report is refused, naming what is wrong:', () => {
    it.each([
      ['opportunities?groupBy=industry', 'groupBy'],
      ['opportunities?groupBy=stage,stage', 'groupBy'],
      ['opportunities?industry=x', 'industry'],
      ['opportunities?owner.like=x', 'owner.like'],
      ['opportunities?groupBy=stage&format=xml', 'format'],
      ['opportunities?groupBy=stage&sort=name', 'sort'],
      ['opportunities?groupBy=stage&limit=0', 'limit'],
      ['opportunities?closedMonth=march', 'closedMonth'],
      ['opportunities?account=acme', 'account'],
      ['opportunities?currency=EUX', 'currency'],
      ['prospects?detail=maybe', 'detail'],
    ])('%s', async (query, path) => {
      const { status, body } = await report(query);
      expect([status, body.errors?.[0].path]).toEqual([400, path]);
    });

    it('a report that there is none of', async () => {
      expect((await report('clients')).status).toBe(404);
    });
  });
}
