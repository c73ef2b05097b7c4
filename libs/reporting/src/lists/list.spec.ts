import { describe, expect, it } from '@jest/globals';
import { RECORD_TYPE_NAMES } from '@sillage/contracts';
import type { ViewStore } from '@sillage/view-store';
import { openSqliteViewStore } from '@sillage/view-store/sqlite';
import { type FilterKind, filterFields, OPERATORS } from '../query/filter-field.js';
import { idOf } from '../testing/arbitrary-log.js';
import { storeKinds } from '../testing/store-kinds.js';
import { TestLog } from '../testing/test-log.js';
import { parameters, viewsOf } from '../testing/views-of.js';
import { RECORD_VIEWS } from '../views/record-views.js';

describe.each(storeKinds(openSqliteViewStore))('a list $kind', ({ open }) => {
  it('shows the records as they are, the newest first, and up to which event', async () => {
    const { log, list } = given(open);
    log.tell('accounts/a', { name: 'Acme' });
    log.tell('accounts/b', { name: 'Sillons & Fils' });
    const position = log.tell('accounts/a', { name: 'Acme SA' });

    const answer = await list('accounts');

    expect(JSON.parse(answer.body)).toEqual({ items: [record(log, 'b'), record(log, 'a')], nextCursor: null });
    expect(answer.position).toBe(position);
  });

  it('goes on where a page ended', async () => {
    const { log, list } = given(open);
    for (const id of ['a', 'b', 'c', 'd', 'e']) log.tell(`accounts/${id}`, { name: id.toUpperCase() });

    const pages: string[][] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await list('accounts', `sort=name&limit=2${cursor && `&cursor=${cursor}`}`);
      const page = JSON.parse(body) as { items: { id: string }[]; nextCursor: string | null };
      pages.push(page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }

    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('counts when it is asked to', async () => {
    const { log, list } = given(open);
    for (const id of ['a', 'b', 'c'])
      log.tell(`accounts/${id}`, { name: id, industry: id === 'c' ? 'retail' : 'farming' });
    expect(JSON.parse((await list('accounts', 'limit=1&count=true&industry=farming')).body)).toMatchObject({
      total: 2,
    });
    expect(JSON.parse((await list('accounts', 'limit=1')).body)).not.toHaveProperty('total');
  });

  it('counts no further than ten thousand', async () => {
    const { store, models } = await viewsOf(new TestLog(), open());
    store.count = async (_view, _filter, atMost) => atMost;
    const { body } = await models.list({ type: 'accounts', tenant: 'acme', parameters: parameters('count=true') });
    expect(JSON.parse(body)).toEqual({ items: [], nextCursor: null, totalIsAtLeast: 10_000 });
  });

  it('shows the deleted only when they are asked for, and a restored record again', async () => {
    const { log, list } = given(open);
    log.tell('accounts/a', { name: 'Acme' });
    log.tell('accounts/b', { name: 'Bolt' });
    log.tell('accounts/a', { deletedAt: '2026-03-01T00:00:00.000Z' });
    expect(await ids(list('accounts'))).toEqual(['b']);
    expect(await ids(list('accounts', 'deleted=true'))).toEqual(['a']);

    log.tell('accounts/a', { deletedAt: null });
    expect(await ids(list('accounts'))).toEqual(['b', 'a']);
  });

  it('takes every filter and every order that its view declares', async () => {
    const { models } = await viewsOf(new TestLog(), open());
    const list = (type: string, query: string) => models.list({ type, tenant: 'acme', parameters: parameters(query) });
    for (const type of RECORD_TYPE_NAMES) {
      const { fields } = RECORD_VIEWS[type];
      const orders = Object.keys(fields).filter((path) => fields[path]?.sortable);
      for (const path of orders) for (const sign of ['', '-']) await list(type, `sort=${sign}${path}&q=x&count=true`);
      for (const [path, { kind, choices }] of Object.entries(filterFields(RECORD_VIEWS[type]))) {
        const value = encodeURIComponent(choices?.[0] ?? SAMPLES[kind]);
        for (const operator of OPERATORS[kind]) {
          const name = kind === 'open' ? `${path}.key` : operator === 'eq' ? path : `${path}.${operator}`;
          const currency = kind === 'money' ? `&${path}.currency=EUR` : '';
          await list(type, `${name}=${operator === 'exists' ? 'true' : value}${currency}`);
        }
      }
    }
  });

  it('shows nothing of another tenant', async () => {
    const { log, list } = given(open);
    log.tell('accounts/a', { name: 'Acme' }, { tenant: 'globex' });
    expect(await ids(list('accounts'))).toEqual([]);
  });

  it('finds interactions of a client, by words, by amount', async () => {
    const { log, list } = given(open);
    const client = idOf('clients', 1);
    log.tell('interactions/a', {
      kind: 'call',
      date: '2026-01-01T00:00:00.000Z',
      subject: 'First call',
      clientId: client,
    });
    log.tell('interactions/b', { kind: 'call', date: '2026-02-01T00:00:00.000Z', subject: 'Second', clientId: client });
    log.tell('interactions/c', { kind: 'call', date: '2026-03-01T00:00:00.000Z', subject: 'Other call' });
    log.tell('opportunities/a', { name: 'A', amount: { value: '999.99', currency: 'EUR' } });
    log.tell('opportunities/b', { name: 'B', amount: { value: '1000', currency: 'EUR' } });
    log.tell('opportunities/c', { name: 'C', amount: { value: '2000', currency: 'USD' } });

    expect(await ids(list('interactions', `clientId=${client}&sort=-date`))).toEqual(['b', 'a']);
    expect(await ids(list('interactions', 'q=call'))).toEqual(['c', 'a']);
    expect(await ids(list('opportunities', 'amount.gte=1000&amount.currency=EUR'))).toEqual(['b']);
  });
});

const SAMPLES: { readonly [kind in FilterKind]: string } = {
  keyword: 'x',
  keywords: 'x',
  text: 'x',
  open: 'x',
  number: '1.5',
  instant: '2026-03-01T08:00:00Z',
  date: '2026-03-01',
  month: '2026-03',
  money: '10',
  currency: 'EUR',
  reference: idOf('accounts', 1),
};

function given(open: () => ViewStore) {
  const log = new TestLog();
  const list = async (type: string, query = '') => {
    const { models } = await viewsOf(log, open());
    return models.list({ type, tenant: 'acme', parameters: parameters(query) });
  };
  return { log, list };
}

function record(log: TestLog, id: string) {
  return log.all('accounts').find((candidate) => candidate.id === id);
}

async function ids(answer: Promise<{ readonly body: string }>): Promise<readonly string[]> {
  const { items } = JSON.parse((await answer).body) as { items: { id: string }[] };
  return items.map(({ id }) => id);
}
