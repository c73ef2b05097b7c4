import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Api } from '../api.js';
import { type Company, created, foundCompany } from './company.js';
import { SillageForPeople } from './sillage-for-people.js';

const REVENUE = { value: '4200000.00', currency: 'EUR' };

let sillage: SillageForPeople;
let acme: Company;
let ann: Api;
let id: string;

beforeAll(async () => {
  sillage = await SillageForPeople.start();
  acme = await foundCompany(sillage, 'acme');
  ann = acme.as.representative;
  const { administrator } = acme.as;
  const body = { name: 'Sillons', owner: 'Ann', annualRevenue: { value: '1.00', currency: 'EUR' } };
  ({ id } = await created(administrator, 'accounts', body));
  await administrator.patch(`/v1/accounts/${id}`, { annualRevenue: REVENUE }, 0);
  const last = await administrator.post('/v1/opportunities', {
    name: 'Of Zoe',
    owner: 'Zoe',
    accountId: id,
    amount: { value: '777.00', currency: 'EUR' },
  });
  await administrator.getAfter(last, '/v1/accounts');
}, 30_000);
afterAll(() => sillage?.stop());

describe('the revenue of an account', () => {
  it.each([
    () => `/v1/accounts/${id}`,
    () => `/v1/accounts/${id}/history`,
    () => '/v1/accounts',
    () => '/v1/accounts?q=sillons&count=true',
    () => '/v1/reports/accounts?groupBy=account',
    () => '/v1/reports/accounts?groupBy=account&format=csv',
    () => '/v1/reports/accounts?detail=true',
    () => '/v1/reports/accounts?detail=true&format=csv',
    () => '/v1/events?limit=1000',
  ])('is nowhere to a representative, though the account is theirs (%#)', async (path) => {
    const [hers, theirs] = [await ann.get(path()), await acme.as.analyst.get(path())];
    expect([hers.status, theirs.status]).toEqual([200, 200]);
    expect(theirs.text).toMatch(/annualRevenue/i);
    expect(theirs.text).toMatch(/4200000/);
    expect(hers.text).toContain('Sillons');
    expect(hers.text).not.toMatch(/revenue|4200000|777\.00/i);
  });

  it.each([
    '/v1/accounts?annualRevenue.gte=1&annualRevenue.currency=EUR',
    '/v1/accounts?annualRevenue.currency=EUR',
    '/v1/accounts?annualRevenue.exists=true',
    '/v1/accounts?sort=-annualRevenue',
    '/v1/reports/accounts?groupBy=account&sort=-annualRevenue',
    '/v1/reports/accounts?groupBy=account&sort=-wonAmount',
  ])('is unknown to them in %s, like any name that there is not', async (path) => {
    const refused = await ann.get(path);
    expect(refused.status).toBe(400);
    expect(refused.body.code).toBe('validation-failed');
    const madeUp = await ann.get(path.replace(/annualRevenue|wonAmount/g, 'madeUp'));
    expect(refused.body.errors.map(({ code }: { code: string }) => code)).toEqual(
      madeUp.body.errors.map(({ code }: { code: string }) => code),
    );
    expect((await acme.as.administrator.get(path)).status).toBe(200);
  });

  it('cannot be written by them, and stays when they write something else', async () => {
    const unknown = [{ path: 'annualRevenue', code: 'unknown-field' }];
    const creating = await ann.post('/v1/accounts', { name: 'New', annualRevenue: REVENUE });
    expect(creating).toMatchObject({ status: 400, body: { errors: unknown } });
    const patching = await ann.patch(`/v1/accounts/${id}`, { annualRevenue: null }, 1);
    expect(patching).toMatchObject({ status: 400, body: { errors: unknown } });
    const items = [{ name: 'New', annualRevenue: REVENUE }];
    const { body } = await ann.post('/v1/accounts/batch', { items });
    expect(body.results).toMatchObject([{ status: 400, problem: { errors: unknown } }]);
    const changed = await ann.patch(`/v1/accounts/${id}`, { industry: 'agriculture' }, 1);
    expect(changed.status).toBe(200);
    expect(changed.text).not.toMatch(/revenue/i);
    expect((await acme.as.administrator.get(`/v1/accounts/${id}`)).body.annualRevenue).toEqual(REVENUE);
  });

  it('is not told by what happened since a stale revision', async () => {
    const stale = await ann.patch(`/v1/accounts/${id}`, { industry: 'retail' }, 0);
    expect(stale.status).toBe(412);
    expect(stale.text).not.toMatch(/revenue|4200000/i);
    const operations = [{ op: 'update', type: 'accounts', id, ifMatch: 0, body: { industry: 'retail' } }];
    const batch = await ann.post('/v1/batch', { operations });
    expect(batch.body.results[0].status).toBe(412);
    expect(batch.text).not.toMatch(/revenue|4200000/i);
  });
});

describe('the sums of an account', () => {
  it('are hidden from a manager too, who may not see all that they count, but not its revenue', async () => {
    const { body } = await acme.as.manager.get('/v1/reports/accounts?groupBy=account');
    expect(body.rows).toEqual([{ account: { id, name: 'Sillons' }, count: 1, annualRevenue: [REVENUE] }]);
    expect(Object.keys(body.totals)).toEqual(['count', 'annualRevenue']);
  });
});
