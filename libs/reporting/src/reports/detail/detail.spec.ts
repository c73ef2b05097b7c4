import { describe, expect, it } from '@jest/globals';
import type { Fault, JsonObject } from '@sillage/kernel';
import { idOf } from '../../testing/arbitrary-log.js';
import { TestLog } from '../../testing/test-log.js';
import { parameters, viewsOf } from '../../testing/views-of.js';

const [ACME, ZOE] = [idOf('accounts', 1), idOf('clients', 1)];

describe("a report's detail", () => {
  it('has a line of JSON for each record, the oldest first', async () => {
    const { log, lines } = given();
    log.tell('opportunities/a', {
      name: 'Licences',
      amount: { value: '10', currency: 'EUR' },
      stage: 'won',
      accountId: ACME,
      clientId: ZOE,
      owner: 'Ana',
      expectedCloseDate: '2026-03-01',
      closedAt: '2026-02-01T00:00:00.000Z',
    });
    log.tell('opportunities/b', { name: 'Less' });
    log.tell('opportunities/c', { name: 'Gone', deletedAt: '2026-03-01T00:00:00.000Z' });

    const nothing = { amount: null, currency: null, stage: null, account: null, client: null, owner: null };
    expect(await lines('opportunities')).toEqual([
      {
        name: 'Licences',
        amount: '10.00',
        currency: 'EUR',
        stage: 'won',
        account: { id: ACME, name: 'Acme' },
        client: { id: ZOE, name: 'Zoë' },
        owner: 'Ana',
        expectedCloseDate: '2026-03-01',
        closedAt: '2026-02-01T00:00:00.000Z',
      },
      { name: 'Less', ...nothing, expectedCloseDate: null, closedAt: null },
    ]);
  });

  it('has the money of accounts by currency', async () => {
    const { log, lines, csv } = given();
    log.tell(`accounts/${ACME}`, { industry: 'retail', annualRevenue: { value: '5', currency: 'JPY' } });
    log.tell('opportunities/a', { accountId: ACME, stageKind: 'won', amount: { value: '1', currency: 'USD' } });
    log.tell('opportunities/b', { accountId: ACME, stageKind: 'open', amount: { value: '2', currency: 'EUR' } });
    const [usd, eur] = [
      (value: string) => ({ value, currency: 'USD' }),
      (value: string) => ({ value, currency: 'EUR' }),
    ];
    expect(await lines('accounts')).toEqual([
      {
        name: 'Acme',
        industry: 'retail',
        annualRevenue: { value: '5', currency: 'JPY' },
        wonAmount: [eur('0.00'), usd('1.00')],
        openAmount: [eur('2.00'), usd('0.00')],
        owner: null,
      },
    ]);
    expect(await csv('accounts')).toEqual([
      'name,industry,annualRevenue,annualRevenue.currency,wonAmount,wonAmount.currency,openAmount,openAmount.currency,owner',
      'Acme,retail,5,JPY,0.00; 1.00,EUR; USD,2.00; 0.00,EUR; USD,',
      '',
    ]);
  });

  it('comes in CSV with its header on the first page only', async () => {
    const { log, page } = given();
    for (let which = 0; which < 1_001; which += 1) log.tell(`prospects/${which}`, { name: `=${which}` });
    const first = await page('prospects', '', 'csv');
    const [header, line] = first.body.split('\n');
    expect([header, line]).toEqual(['name,company,source,stage,owner', "'=0,,,,"]);
    const second = await page('prospects', '', 'csv', first.next);
    expect(second).toMatchObject({ body: "'=1000,,,,\n" });
    expect(second.next).toBeUndefined();
  });

  it('has its header without a record, too', async () => {
    expect(await given().csv('prospects')).toEqual(['name,company,source,stage,owner', '']);
  });

  it('takes filters of the dimensions and of the list', async () => {
    const { log, lines } = given();
    log.tell('opportunities/a', { name: 'A', closedAt: '2026-01-31T23:59:59.999Z', tags: ['vip'] });
    log.tell('opportunities/b', { name: 'B', closedAt: '2026-02-01T00:00:00.000Z', accountId: ACME });
    log.tell('opportunities/c', {
      name: 'C',
      closedAt: '2026-03-01T00:00:00.000Z',
      amount: { value: '7', currency: 'EUR' },
    });
    const names = async (query: string) => (await lines('opportunities', query)).map(({ name }) => name);
    expect(await names('closedMonth=2026-01')).toEqual(['A']);
    expect(await names('closedMonth=2026-01&closedMonth=2026-03')).toEqual(['A', 'C']);
    expect(await names('closedMonth.ne=2026-02')).toEqual(['A', 'C']);
    expect(await names('closedMonth.gt=2026-01&closedMonth.lte=2026-02')).toEqual(['B']);
    expect(await names(`account=${ACME}`)).toEqual(['B']);
    expect(await names('currency.exists=true')).toEqual(['C']);
    expect(await names('tags=vip')).toEqual(['A']);
    expect(await names('amount.lt=8&amount.currency=EUR')).toEqual(['C']);
    expect(await names('q=b')).toEqual(['B']);
  });

  it.each<[string, string, Fault]>([
    ['prospects', 'groupBy=owner', { path: 'groupBy', code: 'unknown-parameter' }],
    ['prospects', 'limit=10', { path: 'limit', code: 'unknown-parameter' }],
    ['prospects', 'sort=name', { path: 'sort', code: 'unknown-parameter' }],
    ['accounts', 'q=x', { path: 'q', code: 'unknown-parameter' }],
    ['prospects', 'createdMonth=2026', { path: 'createdMonth', code: 'wrong-form' }],
  ])('refuses by name what it does not understand: %s?%s', async (report, query, fault) => {
    await expect(given().page(report, query, 'csv')).rejects.toMatchObject({ faults: [fault] });
  });

  it('goes on only where a page of the same question ended', async () => {
    const { log, page } = given();
    for (let which = 0; which < 1_001; which += 1) log.tell(`prospects/${which}`, { owner: 'Ana' });
    const { next } = await page('prospects', 'createdMonth.ne=2020-01', 'csv');
    for (const query of ['createdMonth.ne=2020-02', '', 'owner=Ana']) {
      await expect(page('prospects', query, 'csv', next)).rejects.toMatchObject({ code: 'invalid-cursor' });
    }
    await expect(page('prospects', '', 'csv', 'nonsense')).rejects.toMatchObject({ code: 'invalid-cursor' });
  });
});

function given() {
  const log = new TestLog();
  log.tell(`accounts/${ACME}`, { name: 'Acme' });
  log.tell(`clients/${ZOE}`, { name: 'Zoë' });
  const page = async (report: string, query: string, format: 'csv' | 'json-lines', after?: string) => {
    const { models } = await viewsOf(log);
    const request = { report, tenant: 'acme', parameters: parameters(query), format };
    return models.detail(after === undefined ? request : { ...request, after });
  };
  return {
    log,
    page,
    lines: async (report: string, query = '') => {
      const { body } = await page(report, query, 'json-lines');
      return body
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as JsonObject);
    },
    csv: async (report: string, query = '') => (await page(report, query, 'csv')).body.split('\n'),
  };
}
