import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Authenticator } from '../edge/identity.js';
import { openIdIssuer } from './openid-issuer.js';
import { LIFETIME, RESOURCE, RealIssuer } from './testing/real-issuer.js';

const ERP = { id: 'erp', tenant: 'acme', roles: ['integration', 'cook'] };
const SHOP = { id: 'shop', tenant: 'other', roles: [] };

/** All that a false clock could stop, but for the time of day. */
const REAL = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

let issuer: RealIssuer;
let authenticator: Authenticator;

beforeEach(async () => {
  // The library tells of defaults that a true deployment would change.
  for (const method of ['info', 'warn'] as const) jest.spyOn(console, method).mockImplementation(() => undefined);
  // Only the clock is a false one: requests between the two take their own time.
  jest.useFakeTimers({ doNotFake: [...REAL] });
  issuer = await RealIssuer.start(ERP, SHOP);
  authenticator = await openIdIssuer(issuer.url, RESOURCE);
});

afterEach(() => {
  issuer.stop();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

function later(seconds: number): void {
  jest.setSystemTime(Date.now() + seconds * 1_000);
}

describe('a token that a true issuer gives another system', () => {
  it('speaks for that system, in its tenant and with its roles', async () => {
    expect(await authenticator.authenticate(await issuer.tokenOf('erp'))).toEqual({
      tenant: 'acme',
      actor: 'erp',
      roles: ['integration'],
    });
    expect(await authenticator.authenticate(await issuer.tokenOf('shop'))).toMatchObject({ tenant: 'other' });
  });

  it('is of no use when it is for another resource', async () => {
    const token = await issuer.tokenOf('erp', 'urn:billing');
    expect(await authenticator.authenticate(token)).toBeUndefined();
  });

  it('ends at its expiry, but for the half minute by which clocks may differ', async () => {
    const token = await issuer.tokenOf('erp');
    later(LIFETIME + 29);
    expect(await authenticator.authenticate(token)).toBeDefined();
    later(2);
    expect(await authenticator.authenticate(token)).toBeUndefined();
  });
});

describe('when the issuer changes its key', () => {
  it('tokens of the new one are taken, and of the old one as long as it is published', async () => {
    const old = await issuer.tokenOf('erp');
    expect(await authenticator.authenticate(old)).toBeDefined();
    later(31);
    await issuer.addKey('second');
    expect(await authenticator.authenticate(await issuer.tokenOf('erp'))).toBeDefined();
    expect(await authenticator.authenticate(old)).toBeDefined();
  });

  it('those of a withdrawn key are refused once the keys that are kept are 10 minutes old', async () => {
    const token = await issuer.tokenOf('erp');
    expect(await authenticator.authenticate(token)).toBeDefined();
    await issuer.addKey('second');
    issuer.withdrawKey('first');
    later(599);
    expect(await authenticator.authenticate(token)).toBeDefined();
    later(2);
    expect(await authenticator.authenticate(token)).toBeUndefined();
    expect(await authenticator.authenticate(await issuer.tokenOf('erp'))).toBeDefined();
  });

  it('tokens of keys that nobody knows do not make it fetch them more than twice a minute', async () => {
    await authenticator.authenticate(await issuer.tokenOf('erp'));
    const [, payload, signature] = (await issuer.tokenOf('erp')).split('.');
    for (let tries = 0; tries < 100; tries += 1) {
      const header = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'at+jwt', kid: `unknown-${tries}` }));
      const token = `${header.toString('base64url')}.${payload}.${signature}`;
      expect(await authenticator.authenticate(token)).toBeUndefined();
      later(1);
    }
    expect(issuer.keysFetched).toBeLessThanOrEqual(1 + 4);
  });
});
