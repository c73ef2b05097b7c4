import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createParser } from 'eventsource-parser';
import { Api } from '../api.js';
import type { RunningSillage, StartSillage } from '../running-sillage.js';

/** How events are paged and followed, by whichever profile is started. */
export function eventsSuite(start: StartSillage): void {
  let server: RunningSillage;
  let api: Api;

  beforeAll(async () => {
    server = await start();
    api = Api.of(server);
  });
  afterAll(() => server.stop());

  /** Every event behind a position, page by page. */
  async function page(after: number, query = 'limit=3') {
    const events: { id: string; type: string; position: number; subject: string }[] = [];
    for (let position = after; ; ) {
      const { status, body } = await api.get(`/v1/events?after=${position}&${query}`);
      expect(status).toBe(200);
      events.push(...body.items);
      if (body.nextPosition === position) return events;
      position = body.nextPosition;
    }
  }

  /** Reads server-sent events until there are so many. */
  async function follow(count: number, headers: Record<string, string>, query = '') {
    const leaving = new AbortController();
    const response = await fetch(`${server.url}/v1/events${query}`, {
      headers: { authorization: `Bearer ${server.token}`, accept: 'text/event-stream', ...headers },
      signal: leaving.signal,
    });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events: { id: string | undefined; data: { id: string; position: number; type: string } }[] = [];
    const parser = createParser({ onEvent: ({ id, data }) => events.push({ id, data: JSON.parse(data) }) });
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      parser.feed(decoder.decode(chunk, { stream: true }));
      if (events.length >= count) break;
    }
    leaving.abort();
    return events;
  }

  describe('the events', () => {
    it('are public CloudEvents, each once, in order, from the first one on', async () => {
      const { body } = await api.post('/v1/accounts', { name: 'Acme', externalId: 'a-1' }, { 'x-request-id': 'req-1' });
      await api.patch(`/v1/accounts/${body.id}`, { owner: 'Zoë', industry: 'retail' }, 0);
      await api.delete(`/v1/accounts/${body.id}`, 2);
      const events = await page(0);
      const own = events.filter(({ subject }) => subject === `accounts/${body.id}`);
      expect(own.map(({ type }) => type)).toEqual([
        'sillage.account.created.v1',
        'sillage.account.owner-assigned.v1',
        'sillage.account.details-revised.v1',
        'sillage.account.deleted.v1',
      ]);
      expect(own[0]).toMatchObject({
        specversion: '1.0',
        source: '/v1/accounts',
        time: body.createdAt,
        data: { record: body, changes: expect.arrayContaining([{ field: 'name', from: null, to: 'Acme' }]) },
        tenant: server.tenant,
        revision: 0,
        actor: 'administrator',
        correlationid: 'req-1',
      });
      const positions = events.map(({ position }) => position);
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
      expect(events.every(({ type }) => type.startsWith('sillage.'))).toBe(true);
      const restOf = await page(own[1]?.position ?? 0);
      expect(restOf.slice(0, 2)).toEqual(own.slice(2));
      const deleted = await page(0, 'type=sillage.account.deleted.v1');
      expect(deleted.map(({ subject }) => subject)).toEqual([`accounts/${body.id}`]);
    });

    it('can be followed live, and from where a lost connection ended', async () => {
      const before = await page(0);
      const following = follow(before.length + 2, {});
      await api.post('/v1/prospects', { name: 'One' });
      await api.post('/v1/prospects', { name: 'Two' });
      const events = await following;
      expect(events.map(({ data }) => data)).toEqual(await page(0));
      expect(events.map(({ id }) => id)).toEqual(events.map(({ data }) => String(data.position)));
      const resumed = await follow(1, { 'last-event-id': events.at(-2)?.id ?? '' });
      expect(resumed).toEqual(events.slice(-1));
      const filtered = await follow(2, {}, '?type=sillage.prospect.created.v1');
      expect(filtered.map(({ data }) => data.type)).toEqual(Array(2).fill('sillage.prospect.created.v1'));
    });

    it('can be read and followed behind any position, also one that is no event’s', async () => {
      const { body } = await api.post('/v1/accounts', { name: 'Between', owner: 'Zoë' });
      await api.patch(`/v1/accounts/${body.id}`, { owner: 'Ann', industry: 'retail' }, 0);
      const events = await page(0);
      const [last, largest] = [events.at(-1)?.position ?? 0, Number.MAX_SAFE_INTEGER];
      for (const after of [1, last - 1, last, last + 1, largest]) {
        expect(await page(after)).toEqual(events.filter(({ position }) => position > after));
      }
      const resumed = await follow(1, { 'last-event-id': String(last - 1) });
      expect(resumed.map(({ id }) => id)).toEqual([String(last)]);
    });

    it.each([
      ['after=-1', 'after'],
      ['after=soon', 'after'],
      ['after=9007199254740992', 'after'],
      ['limit=0', 'limit'],
      ['limit=1001', 'limit'],
      ['since=1', 'since'],
    ])('are refused with %s', async (query, path) => {
      const { status, body } = await api.get(`/v1/events?${query}`);
      expect([status, body.errors[0].path]).toEqual([400, path]);
    });

    it('cannot be followed behind what is no position', async () => {
      const headers = { accept: 'text/event-stream', 'last-event-id': 'soon' };
      const answer = await api.get('/v1/events', headers);
      expect([answer.status, answer.body.errors[0].path]).toEqual([400, 'Last-Event-ID']);
    });
  });
}
