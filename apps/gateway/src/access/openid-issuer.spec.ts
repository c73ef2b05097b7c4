import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  EncryptJWT,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import type { Authenticator } from '../edge/identity.js';
import { openIdIssuer } from './openid-issuer.js';

const AUDIENCE = 'sillage';

/** An issuer of tokens, with one key. */
let server: Server;
let issuer: string;
let isBroken = false;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let authenticator: Authenticator;

beforeAll(async () => {
  Logger.overrideLogger(false);
  keys = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', use: 'sig' };
  server = createServer(({ url }, response) => {
    const isDiscovery = url === '/.well-known/openid-configuration';
    const body = isDiscovery ? { issuer, jwks_uri: `${issuer}/keys` } : { keys: [jwk] };
    response.writeHead(isBroken ? 500 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  authenticator = await openIdIssuer(issuer, AUDIENCE);
});

afterAll(() => {
  Logger.overrideLogger(['error']);
  server.close();
});

const now = () => Math.floor(Date.now() / 1_000);

/** The claims of a good token, with some of them changed. */
const claims = (changed: JWTPayload = {}): JWTPayload => ({
  iss: issuer,
  aud: AUDIENCE,
  sub: 'ann',
  tenant: 'acme',
  exp: now() + 60,
  ...changed,
});

function signed(payload: JWTPayload, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(keys.privateKey);
}

describe('a token of the issuer', () => {
  it('speaks for its subject in its tenant', async () => {
    const token = await signed(claims({ aud: ['other', AUDIENCE] }));
    expect(await authenticator.authenticate(token)).toEqual({ tenant: 'acme', actor: 'ann', roles: [] });
  });

  it('has the roles that are known here', async () => {
    const token = await signed(claims({ roles: ['manager', 'cook', 7, 'analyst'] }));
    expect(await authenticator.authenticate(token)).toMatchObject({ roles: ['manager', 'analyst'] });
  });

  it('may be a little too old, for clocks differ', async () => {
    expect(await authenticator.authenticate(await signed(claims({ exp: now() - 10 })))).toBeDefined();
  });

  const bad: readonly [string, () => JWTPayload][] = [
    ['expired', () => claims({ exp: now() - 120 })],
    ['without an expiry', () => omit('exp')],
    ['not valid yet', () => claims({ nbf: now() + 120 })],
    ['of another issuer', () => claims({ iss: 'http://evil' })],
    ['for another audience', () => claims({ aud: 'other' })],
    ['for no audience', () => omit('aud')],
    ['without a subject', () => omit('sub')],
    ['without a tenant', () => omit('tenant')],
    ['of a tenant that is no name', () => claims({ tenant: 'acme.other' })],
    ['of several tenants', () => claims({ tenant: ['acme', 'other'] })],
    ['of an empty subject', () => claims({ sub: '' })],
    ['of an endless subject', () => claims({ sub: 'x'.repeat(201) })],
    [
      'longer than a header line',
      () => claims({ groups: Array.from({ length: 1_000 }, (_, group) => `group-${group}`) }),
    ],
    ['an ID token, which has the hash of an access token', () => claims({ at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng' })],
    ['an ID token, whose audience is the client', () => claims({ aud: 'front-end', azp: 'front-end', nonce: 'n' })],
    [
      'bound to a key, which its bearer does not show',
      () => claims({ cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } }),
    ],
  ];
  it.each(bad)('is refused when it is %s', async (_, payload) => {
    expect(await authenticator.authenticate(await signed(payload()))).toBeUndefined();
  });
});

describe('the type that a token says it is of', () => {
  it.each([undefined, 'JWT', 'at+jwt', 'AT+JWT', 'application/at+jwt'])('may be %s', async (typ) => {
    const header = typ === undefined ? {} : { typ };
    expect(await authenticator.authenticate(await signed(claims(), header))).toBeDefined();
  });

  it.each(['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'token-introspection+jwt', 'JOSE', ''])(
    'may not be "%s", of which there are tokens that the issuer signs for others',
    async (typ) => {
      expect(await authenticator.authenticate(await signed(claims(), { typ }))).toBeUndefined();
    },
  );
});

/** A token as it would be written by hand: what no library would sign. */
function handmade(header: object, signature = ''): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims())}.${signature}`;
}

describe('a forged token is refused:', () => {
  it('unsigned', async () => {
    expect(await authenticator.authenticate(new UnsecuredJWT(claims()).encode())).toBeUndefined();
  });

  it.each(['none', 'None', 'NONE', 'nOnE', '', 'none\u0000', 'RS256 '])('with the algorithm "%s"', async (alg) => {
    const signature = (await signed(claims())).split('.')[2];
    for (const given of ['', signature]) {
      expect(await authenticator.authenticate(handmade({ alg, kid: 'one' }, given))).toBeUndefined();
    }
  });

  it.each([[['RS256']], [null], [{}], [256]])('with %j for an algorithm', async (alg) => {
    expect(await authenticator.authenticate(handmade({ alg, kid: 'one' }, 'AA'))).toBeUndefined();
  });

  it.each(['../../dev/null', '/dev/null', "' OR '1'='1", '__proto__', 'one\u0000', 'x'.repeat(4_000), '$(id)'])(
    'with the key name "%s"',
    async (kid) => {
      const own = await generateKeyPair('RS256');
      const signedByOwn = new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid }).sign(own.privateKey);
      expect(await authenticator.authenticate(await signedByOwn)).toBeUndefined();
      expect(await authenticator.authenticate(handmade({ alg: 'HS256', kid }, 'AA'))).toBeUndefined();
    },
  );

  it('with keys of its own to fetch: nobody fetches them', async () => {
    let asked = 0;
    const own = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', use: 'sig' };
    const evil = createServer((_request, response) => {
      asked += 1;
      response.end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/keys`;
    for (const pointer of [{ jku: url }, { x5u: url }, { iss: url }]) {
      const header = { alg: 'RS256', kid: 'own', ...pointer };
      const token = await new SignJWT(claims()).setProtectedHeader(header).sign(own.privateKey);
      expect(await authenticator.authenticate(token)).toBeUndefined();
    }
    evil.close();
    expect(asked).toBe(0);
  });

  it.each([['exp'], ['b64'], ['urn:unknown'], []])('with the critical header %j', async (...crit) => {
    const header = { alg: 'RS256', kid: 'one', crit, exp: 0, b64: false, 'urn:unknown': true };
    const signature = (await signed(claims())).split('.')[2];
    expect(await authenticator.authenticate(handmade(header, signature))).toBeUndefined();
  });

  it('with a critical header that it is signed with', async () => {
    const header = { alg: 'RS256', kid: 'one', crit: ['urn:unknown'], 'urn:unknown': true };
    const token = await new SignJWT(claims())
      .setProtectedHeader(header)
      .sign(keys.privateKey, { crit: { 'urn:unknown': true } });
    expect(await authenticator.authenticate(token)).toBeUndefined();
  });

  it('encrypted, in five parts', async () => {
    const token = await new EncryptJWT(claims())
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'one' })
      .encrypt((await generateKeyPair('RSA-OAEP-256')).publicKey);
    expect(await authenticator.authenticate(token)).toBeUndefined();
  });

  it('with a signature cut short, or with something behind it', async () => {
    const token = await signed(claims());
    for (const changed of [token.slice(0, -8), `${token}AAAA`, `${token}.AAAA`, token.replace(/\.[^.]+$/, '.')]) {
      expect(await authenticator.authenticate(changed)).toBeUndefined();
    }
  });

  it('signed by HMAC with the public key', async () => {
    const secret = new TextEncoder().encode(await exportSPKI(keys.publicKey));
    const token = await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
    expect(await authenticator.authenticate(token)).toBeUndefined();
  });

  it('signed by another key, under the name of a known one or of none', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    for (const kid of ['one', 'two']) {
      const token = await new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
      expect(await authenticator.authenticate(token)).toBeUndefined();
    }
  });

  it('with a key of its own in its header', async () => {
    const own = await generateKeyPair('RS256', { extractable: true });
    const header = { alg: 'RS256', jwk: await exportJWK(own.publicKey), jku: `${issuer}/keys` };
    const token = await new SignJWT(claims()).setProtectedHeader(header).sign(own.privateKey);
    expect(await authenticator.authenticate(token)).toBeUndefined();
  });

  it('with claims changed after it was signed', async () => {
    const [header, , signature] = (await signed(claims())).split('.');
    const changed = Buffer.from(JSON.stringify(claims({ tenant: 'other' }))).toString('base64url');
    expect(await authenticator.authenticate(`${header}.${changed}.${signature}`)).toBeUndefined();
  });

  it.each(['', 'a', 'a.b', 'a.b.c', 'e30.e30.e30', '....'])('of the form "%s"', async (token) => {
    expect(await authenticator.authenticate(token)).toBeUndefined();
  });
});

describe('an issuer', () => {
  it('that is not who it says it is, or does not answer, is not trusted', async () => {
    await expect(openIdIssuer(`${issuer}/`, AUDIENCE)).rejects.toThrow('of another issuer');
    isBroken = true;
    await expect(openIdIssuer(issuer, AUDIENCE)).rejects.toThrow('answered 500');
    isBroken = false;
  });

  it('whose keys cannot be had does not make a token wrong: the gateway is unavailable', async () => {
    const fresh = await openIdIssuer(issuer, AUDIENCE);
    const token = await signed(claims());
    isBroken = true;
    await expect(fresh.authenticate(token)).rejects.toMatchObject({ code: 'service-unavailable' });
    isBroken = false;
    expect(await fresh.authenticate(token)).toBeDefined();
  });
});

function omit(name: string): JWTPayload {
  return Object.fromEntries(Object.entries(claims()).filter(([claim]) => claim !== name));
}
