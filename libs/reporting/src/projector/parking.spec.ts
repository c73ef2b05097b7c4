import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@sillage/kernel';
import { idOf } from '../testing/arbitrary-log.js';
import { TestLog } from '../testing/test-log.js';
import { viewsOf } from '../testing/views-of.js';
import { PARKED_VIEW } from '../views/parked.js';

describe('an event that cannot be folded', () => {
  it('parks its record as it was, with what follows on it, and nothing else', async () => {
    const log = new TestLog();
    log.tell('opportunities/a', { name: 'First' });
    log.tell('opportunities/b', { name: 'Other' });
    const position = log.tell('opportunities/a', { name: 'Broken', amount: { value: 'much', currency: 'EUR' } });
    log.tell('opportunities/a', { name: 'Mended', amount: null });
    log.tell('opportunities/a', { name: 'Mended again' });
    log.tell('opportunities/b', { name: 'Other, later' });

    const { store } = await viewsOf(log);

    expect(await documents(store.scan('opportunities'))).toMatchObject([{ name: 'First' }, { name: 'Other, later' }]);
    const [parked, ...others] = await documents(store.scan(PARKED_VIEW.name));
    expect(others).toEqual([]);
    expect(parked).toMatchObject({
      id: 'opportunities/a',
      eventType: 'sillage.opportunities.changed.v1',
      reason: expect.stringContaining('BigInt'),
      position,
      waiting: 2,
    });
  });

  it.each([
    ['no record', 'prospects/a', null, 'the event tells no record'],
    ['another record', 'prospects/a', { id: 'b', revision: 0 }, 'the event tells another record than its subject'],
    ['a record without a beginning', 'prospects/a', { id: 'a' }, 'the record does not say when it began'],
    ['a beginning at no time', 'prospects/a', { id: 'a', createdAt: 'soon' }, 'the record does not say when it began'],
    ['no type of record', 'invoices/a', { id: 'a' }, 'there is no record type of the subject invoices/a'],
  ])('says why: %s', async (_, subject, record, reason) => {
    const log = new TestLog();
    log.tellBroken(subject, record as JsonObject);
    const { store } = await viewsOf(log);
    expect(await documents(store.scan(PARKED_VIEW.name))).toMatchObject([{ id: subject, reason, waiting: 0 }]);
  });

  it('is one that follows on an event that never came', async () => {
    const log = new TestLog();
    log.tell('prospects/a', { name: 'Ada' });
    log.tell('prospects/a', { name: 'Lost' });
    log.tell('prospects/a', { name: 'Late' });
    log.events.splice(1, 1);
    const { store } = await viewsOf(log);
    expect(await documents(store.scan('prospects'))).toMatchObject([{ name: 'Ada' }]);
    expect(await documents(store.scan(PARKED_VIEW.name))).toMatchObject([
      { reason: 'revision 2 came where 1 was due' },
    ]);
  });

  it('is an opportunity of an account that no event has told of', async () => {
    const log = new TestLog();
    log.tell('opportunities/a', { accountId: idOf('accounts', 1) });
    log.tell(`accounts/${idOf('accounts', 1)}`, { name: 'Too late' });
    const { store } = await viewsOf(log);
    expect(await documents(store.scan('opportunities'))).toEqual([]);
    expect(await documents(store.scan('accountTotals'))).toMatchObject([{ opportunities: 0, amounts: {} }]);
    expect(await documents(store.scan(PARKED_VIEW.name))).toMatchObject([{ id: 'opportunities/a' }]);
  });
});

async function documents(scan: AsyncIterable<{ readonly document: JsonObject }>): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  for await (const { document } of scan) found.push(document);
  return found;
}
