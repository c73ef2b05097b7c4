import { describe, expect, it } from '@jest/globals';
import { idOf } from '../testing/arbitrary-log.js';
import { TestLog } from '../testing/test-log.js';
import { parameters, viewsOf } from '../testing/views-of.js';

describe('a list', () => {
  it('shows the records as they are, the newest first, and up to which event', async () => {
    const { log, list } = given();
    log.tell('accounts/a', { name: 'Acme' });
    log.tell('accounts/b', { name: 'Sillons & Fils' });
    const position = log.tell('accounts/a', { name: 'Acme SA' });

    const answer = await list('accounts');

    expect(JSON.parse(answer.body)).toEqual({ items: [record(log, 'b'), record(log, 'a')], nextCursor: null });
    expect(answer.position).toBe(position);
  });

  it('goes on where a page ended', async () => {
    const { log, list } = given();
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
    const { log, list } = given();
    for (const id of ['a', 'b', 'c'])
      log.tell(`accounts/${id}`, { name: id, industry: id === 'c' ? 'retail' : 'farming' });
    expect(JSON.parse((await list('accounts', 'limit=1&count=true&industry=farming')).body)).toMatchObject({
      total: 2,
    });
    expect(JSON.parse((await list('accounts', 'limit=1')).body)).not.toHaveProperty('total');
  });

  it('counts no further than ten thousand', async () => {
    const { store, models } = await viewsOf(new TestLog());
    store.count = async (_view, _filter, atMost) => atMost;
    const { body } = await models.list({ type: 'accounts', tenant: 'acme', parameters: parameters('count=true') });
    expect(JSON.parse(body)).toEqual({ items: [], nextCursor: null, totalIsAtLeast: 10_000 });
  });

  it('shows the deleted only when they are asked for, and a restored record again', async () => {
    const { log, list } = given();
    log.tell('accounts/a', { name: 'Acme' });
    log.tell('accounts/b', { name: 'Bolt' });
    log.tell('accounts/a', { deletedAt: '2026-03-01T00:00:00.000Z' });
    expect(await ids(list('accounts'))).toEqual(['b']);
    expect(await ids(list('accounts', 'deleted=true'))).toEqual(['a']);

    log.tell('accounts/a', { deletedAt: null });
    expect(await ids(list('accounts'))).toEqual(['b', 'a']);
  });

  it('shows nothing of another tenant', async () => {
    const { log, list } = given();
    log.tell('accounts/a', { name: 'Acme' }, { tenant: 'globex' });
    expect(await ids(list('accounts'))).toEqual([]);
  });

  it('finds interactions of a client, by words, by amount', async () => {
    const { log, list } = given();
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

function given() {
  const log = new TestLog();
  const list = async (type: string, query = '') => {
    const { models } = await viewsOf(log);
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
