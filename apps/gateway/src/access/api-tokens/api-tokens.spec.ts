import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandContext } from '@sillage/kernel';
import { MemoryStreams } from '@sillage/kernel/testing';
import { ApiTokens, type TokenWish, withApiTokens } from './api-tokens.js';
import type { TokenUses } from './token-uses.js';

const START = Date.parse('2026-03-02T09:30:00Z');

let now: number;
let streams: MemoryStreams;
let uses: Map<string, number>;
let tokens: ApiTokens;
let commands: number;

beforeEach(async () => {
  [now, streams, uses, commands] = [START, new MemoryStreams(), new Map(), 0];
  tokens = await open();
});

function open(): Promise<ApiTokens> {
  const noted: TokenUses = {
    lastUse: (id) => (uses.has(id) ? new Date(uses.get(id) as number).toISOString() : undefined),
    note: (id, at) => void uses.set(id, at),
  };
  return ApiTokens.open({ tenant: 'acme', streams, uses: noted, now: () => now });
}

function context(actor = 'ann'): CommandContext {
  return { tenant: 'acme', actor, correlationId: 'request', deadline: now + 8_000 };
}

function wish(changed: Partial<TokenWish> = {}): TokenWish {
  commands += 1;
  return { commandId: `command-${commands}`, name: 'erp', roles: ['integration'], ...changed };
}

describe('a token', () => {
  it('speaks for whom it was created, with its roles', async () => {
    const { created } = await tokens.create(context(), wish({ roles: ['analyst', 'integration'] }));
    expect(await tokens.authenticate(created.token)).toEqual({
      tenant: 'acme',
      actor: 'erp',
      roles: ['analyst', 'integration'],
    });
  });

  it('is known after a restart', async () => {
    const { created } = await tokens.create(context(), wish());
    expect(await (await open()).authenticate(created.token)).toBeDefined();
  });

  it('is kept nowhere: not in the store, and not in the list', async () => {
    const { created } = await tokens.create(context(), wish());
    const secret = created.token.slice(4, 68);
    expect(JSON.stringify([streams.log, tokens.all({ revoked: false })])).not.toContain(secret);
    expect(tokens.all({ revoked: false })).toEqual([
      {
        id: created.id,
        name: 'erp',
        roles: ['integration'],
        createdAt: new Date(START).toISOString(),
        createdBy: 'ann',
      },
    ]);
  });

  it('is taken until it expires', async () => {
    const { created } = await tokens.create(context(), wish({ expiresAt: new Date(START + 1_000).toISOString() }));
    now += 999;
    expect(await tokens.authenticate(created.token)).toBeDefined();
    now += 1;
    expect(await tokens.authenticate(created.token)).toBeUndefined();
    expect(tokens.all({ revoked: false })).toMatchObject([{ id: created.id }]);
  });

  it('cannot be created to be of no use', async () => {
    const creating = tokens.create(context(), wish({ expiresAt: new Date(START).toISOString() }));
    await expect(creating).rejects.toMatchObject({ code: 'not-possible', faults: [{ path: 'expiresAt' }] });
  });

  it('tells when it was last used, but not of uses that were refused', async () => {
    const { created } = await tokens.create(context(), wish({ expiresAt: new Date(START + 60_000).toISOString() }));
    now += 30_000;
    await tokens.authenticate(created.token);
    now += 60_000;
    await tokens.authenticate(created.token);
    expect(tokens.all({ revoked: false })).toMatchObject([{ lastUsedAt: new Date(START + 30_000).toISOString() }]);
  });

  it('that is changed by one character is none', async () => {
    const { created } = await tokens.create(context(), wish());
    for (let at = 0; at < created.token.length; at += 1) {
      const other = created.token[at] === '0' ? '1' : '0';
      const changed = created.token.slice(0, at) + other + created.token.slice(at + 1);
      expect(await tokens.authenticate(changed)).toBeUndefined();
    }
  });
});

describe('a revoked token', () => {
  it('is refused from the answer on, also after a restart, while others are taken', async () => {
    const one = (await tokens.create(context(), wish())).created;
    const other = (await tokens.create(context(), wish())).created;
    await tokens.revoke(context(), one.id);
    for (const running of [tokens, await open()]) {
      expect(await running.authenticate(one.token)).toBeUndefined();
      expect(await running.authenticate(other.token)).toBeDefined();
    }
  });

  it('is told of with who revoked it and when', async () => {
    const { created } = await tokens.create(context(), wish());
    now += 5_000;
    await tokens.revoke(context('bob'), created.id);
    const revoked = { id: created.id, createdBy: 'ann', revokedBy: 'bob', revokedAt: new Date(now).toISOString() };
    expect(tokens.all({ revoked: true })).toMatchObject([revoked]);
    expect(tokens.all({ revoked: false })).toEqual([]);
  });

  it('cannot be revoked again, no more than one that never was', async () => {
    const { created } = await tokens.create(context(), wish());
    await tokens.revoke(context(), created.id);
    for (const id of [created.id, 'nothing', '__proto__']) {
      await expect(tokens.revoke(context(), id)).rejects.toMatchObject({ code: 'token-not-found' });
    }
  });
});

describe('changes at the same moment', () => {
  it('are all carried out', async () => {
    const created = await Promise.all([1, 2, 3].map(() => tokens.create(context(), wish())));
    await Promise.all(created.slice(1).map(({ created: { id } }) => tokens.revoke(context(), id)));
    const taken = await Promise.all(created.map(({ created: { token } }) => tokens.authenticate(token)));
    expect(taken.map((identity) => identity !== undefined)).toEqual([true, false, false]);
    expect(streams.log.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
  });

  it('create one token under one key, and show it once', async () => {
    const same = wish({ fingerprint: 'same' });
    const results = await Promise.allSettled([tokens.create(context(), same), tokens.create(context(), same)]);
    const [shown, refused] = results;
    expect(shown).toMatchObject({ status: 'fulfilled' });
    const id = tokens.all({ revoked: false })[0]?.id;
    expect(refused).toMatchObject({ reason: { code: 'token-already-shown', extensions: { id } } });
    expect(tokens.all({ revoked: false })).toHaveLength(1);
  });

  it('refuse another request under the same key', async () => {
    const first = wish({ fingerprint: 'one' });
    await tokens.create(context(), first);
    const other = tokens.create(context(), { ...first, fingerprint: 'other' });
    await expect(other).rejects.toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('are stored once when the store does not say so at first', async () => {
    streams.failures.push('lost-answer', 'lost-request');
    const { created } = await tokens.create(context(), wish());
    expect(await tokens.authenticate(created.token)).toBeDefined();
    expect(streams.log).toHaveLength(1);
  });
});

describe('a token of another form', () => {
  it('is for others to know', async () => {
    const admin = { tenant: 'acme', actor: 'administrator', roles: [] };
    const both = withApiTokens(tokens, { authenticate: async (text) => (text === 'sillage_x' ? admin : undefined) });
    const { created } = await tokens.create(context(), wish());
    expect(await both.authenticate('sillage_x')).toBe(admin);
    expect(await both.authenticate(created.token)).toMatchObject({ actor: 'erp' });
    expect(await both.authenticate('sillage_y')).toBeUndefined();
  });
});
