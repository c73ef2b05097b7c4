import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeSillage, type Fault } from '../testing/fake-sillage.js';
import { ApiClient } from './api-client.js';

const FAST = { first: 1, longest: 5, giveUpAfter: 300 };

describe('a client of the API', () => {
  let server: FakeSillage;
  let client: ApiClient;
  let waits: string[];

  beforeEach(async () => {
    server = await FakeSillage.start();
    waits = [];
    client = clientWith('secret');
  });
  afterEach(async () => {
    await client.close();
    await server.stop();
  });

  function clientWith(token: string, signal = new AbortController().signal): ApiClient {
    const patience = { backOff: FAST, random: () => 1, signal, onWait: (reason: string) => void waits.push(reason) };
    return new ApiClient({ url: server.url, token }, patience);
  }

  /** The faults that the first requests meet, one each. */
  function faults(...list: readonly Fault[]): void {
    const rest = [...list];
    server.faultFor = () => rest.shift();
  }

  const item = (externalId: string) => ({ fields: { name: 'x', externalId }, idempotencyKey: `key of ${externalId}` });
  const create = (...externalIds: readonly string[]) => client.createMany('accounts', externalIds.map(item));

  it('creates, finds, reads and changes records', async () => {
    const [result] = await create('a', 'b');
    expect(result).toEqual({ id: 'accounts-0' });
    const [found] = await client.findByExternalId('accounts', ['a', 'none']);
    expect(found).toMatchObject({ id: 'accounts-0', revision: 0, members: { name: 'x' } });
    await client.change('accounts', found!, { name: 'y' });
    expect(await client.get('accounts', 'accounts-0')).toMatchObject({ revision: 1, members: { name: 'y' } });
    expect(await client.change('accounts', found!, { name: 'z' })).toMatchObject({ problem: { status: 412 } });
    expect(await client.get('accounts', 'nobody')).toBeUndefined();
  });

  it('outlasts a server that is busy, and stores once what was stored but not answered', async () => {
    faults({ answer: 503 }, { answer: 429 }, { answer: 502 }, { cut: 'before' }, { cut: 'after' });
    expect(await create('a', 'b')).toEqual([{ id: 'accounts-0' }, { id: 'accounts-1' }]);
    expect(server.events.length).toBe(2);
    expect(waits).toEqual(['503 made-to-fail']);
  });

  it('waits as long as Retry-After says', async () => {
    faults({ answer: 503, headers: { 'retry-after': '60' } });
    await expect(create('a')).rejects.toThrow(
      /^the server at http:\/\/.* has not answered for 0 s \(503 made-to-fail\)$/,
    );
  });

  it('outlasts a restart', async () => {
    await create('a');
    await server.stop();
    setTimeout(() => void server.listen(), 50);
    expect(await create('b')).toEqual([{ id: 'accounts-1' }]);
  });

  it('sends again only the items that are asked to come back', async () => {
    const busy = [
      { status: 503, code: 'store-unavailable' },
      { status: 409, code: 'concurrent-change' },
    ];
    server.refusalOf = (_, { externalId }) => (externalId === 'b' ? busy.shift() : undefined);
    expect(await create('a', 'b', 'c')).toEqual([{ id: 'accounts-0' }, { id: 'accounts-2' }, { id: 'accounts-1' }]);
    expect(server.requests.map(({ body }) => (body as { items: unknown[] }).items.length)).toEqual([3, 1, 1]);
  });

  it('gives the record that has an external id, or waits until a claim without a record is free', async () => {
    await create('a');
    const other = { ...item('a'), idempotencyKey: 'other' };
    expect(await client.createMany('accounts', [other])).toMatchObject([{ taken: { id: 'accounts-0' } }]);
    const claims = [{ status: 409, code: 'external-id-taken', takenBy: 'nobody-yet' }];
    server.refusalOf = () => claims.shift();
    expect(await create('b')).toEqual([{ id: 'accounts-1' }]);
  });

  it('tells a refusal in one line', async () => {
    const errors = [
      { path: 'amount.value', code: 'too-large', message: 'is too large' },
      { path: 'name', code: 'required' },
    ];
    server.refusalOf = () => ({ status: 400, code: 'validation-failed', title: 'not understood', errors });
    expect(await create('a')).toMatchObject([
      { problem: { text: '400 validation-failed: amount.value: is too large; name: required' } },
    ]);
  });

  it('makes reads wait for its own writes of the type where that is wanted', async () => {
    await create('a', 'b');
    await client.findByExternalId('accounts', ['a']);
    await client.findByExternalId('accounts', ['a'], { seeOwnWrites: true });
    await client.findByExternalId('clients', ['a'], { seeOwnWrites: true });
    const waited = server.requests
      .filter(({ method }) => method === 'GET')
      .map(({ headers }) => headers['sillage-wait-for']);
    expect(waited).toEqual([undefined, '2', undefined]);
  });

  it('gives up at once when the token is refused, or something else answers', async () => {
    await client.greet();
    await expect(clientWith('wrong').greet()).rejects.toThrow('does not accept the token (401 not-authenticated)');
    faults({ answer: 200, body: { hello: 'world' } });
    await expect(client.greet()).rejects.toThrow('the server does not answer like Sillage');
  });

  it('says how to start a server when there is none', async () => {
    await server.stop();
    await expect(client.greet()).rejects.toThrow(/ECONNREFUSED\): start one with "npm start", or give another --url$/);
    await server.listen();
  });

  it('stops waiting when the user does', async () => {
    const stop = new AbortController();
    faults({ answer: 503, headers: { 'retry-after': '0' } }, { answer: 503 }, { answer: 503 });
    const impatient = clientWith('secret', stop.signal);
    stop.abort();
    await expect(impatient.get('accounts', 'x')).rejects.toMatchObject({ exitCode: 130 });
  });
});
