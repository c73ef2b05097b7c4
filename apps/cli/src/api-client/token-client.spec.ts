import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeSillage } from '../testing/fake-sillage.js';
import { TokenClient } from './token-client.js';

const WISH = { name: 'erp', roles: ['integration'] };

let server: FakeSillage;
let client: TokenClient;

beforeEach(async () => {
  server = await FakeSillage.start();
  const backOff = { first: 1, longest: 5, giveUpAfter: 1_000 };
  client = new TokenClient({ url: server.url, token: 'secret' }, { backOff });
});
afterEach(async () => {
  await client.close();
  await server.stop();
});

describe('a token whose creation has no answer', () => {
  it('is asked for again under the same key, and told of when nobody will ever know it', async () => {
    server.faultFor = () =>
      server.requests.length === 1
        ? { cut: 'after' }
        : { answer: 409, body: { status: 409, code: 'token-already-shown', id: 'the-first' } };
    await expect(client.create(WISH)).rejects.toThrow('the answer was lost; revoke the token the-first and try again');
    const keys = server.requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});

describe('a refusal', () => {
  it('is told in the words of the server', async () => {
    const body = {
      status: 422,
      code: 'not-possible',
      errors: [{ path: 'expiresAt', message: 'Must be in the future' }],
    };
    server.faultFor = () => ({ answer: 422, body });
    await expect(client.create(WISH)).rejects.toThrow('422 not-possible: expiresAt: Must be in the future');
  });
});
