import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@sillage/kernel';
import { type KeyStore, PersonForgotten, type WrappedTenantKey } from '../key-store.js';

/** Where the keys of one test are. */
export interface KeysUnderTest {
  /** Opens the store; again after it was closed, it is what a restart of the process would find. */
  open(): Promise<KeyStore>;
  remove(): Promise<void>;
}

const tenantKey = (tenant: string, master = 'm1'): WrappedTenantKey => ({ tenant, master, wrapped: randomBytes(60) });
const key = () => ({ id: newId(), wrapped: randomBytes(60) });

/** Declares the tests that every key store must pass. */
export function keyStoreContract(name: string, prepare: () => Promise<KeysUnderTest>): void {
  describe(`${name} is a key store`, () => {
    let place: KeysUnderTest;
    let store: KeyStore;
    let tenant: string;

    beforeEach(async () => {
      place = await prepare();
      store = await place.open();
      tenant = `t${newId()}`;
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    describe('keys of tenants', () => {
      it('are kept once: the first one stays', async () => {
        expect(await store.tenantKey(tenant)).toBeUndefined();
        const first = tenantKey(tenant);
        expect(await store.addTenantKey(first)).toEqual(asKept(first));
        expect(await store.addTenantKey(tenantKey(tenant))).toEqual(asKept(first));
        expect(await store.tenantKey(tenant)).toEqual(asKept(first));
        expect(await store.tenantKeys()).toContainEqual(asKept(first));
      });

      it('are wrapped anew by who has unwrapped them, and by nobody who has unwrapped an older wrapping', async () => {
        await store.addTenantKey(tenantKey(tenant, 'm1'));
        const second = tenantKey(tenant, 'm2');
        await store.rewrapTenantKey(second, 'm1');
        await store.rewrapTenantKey(tenantKey(tenant, 'm3'), 'm1');
        expect(await store.tenantKey(tenant)).toEqual(asKept(second));
      });
    });

    describe('keys', () => {
      it('are found again, by their tenant only, also after a restart', async () => {
        const [one, two] = [key(), key()];
        await store.add(tenant, [one, two]);
        await store.close();
        store = await place.open();
        const found = await store.find(tenant, [one.id, two.id, newId()]);
        expect([...found.keys()].sort()).toEqual([one.id, two.id].sort());
        expect(Buffer.from(found.get(one.id) as Uint8Array)).toEqual(one.wrapped);
        expect(await store.find('another', [one.id])).toEqual(new Map());
      });

      it('once erased are no more, and are known to have been', async () => {
        const [one, two] = [key(), key()];
        await store.add(tenant, [one, two]);
        await store.erase(tenant, [{ key: one.id, stream: 'client-1' }]);
        await store.erase(tenant, [{ key: one.id, stream: 'client-1' }]);
        const found = await store.find(tenant, [one.id, two.id]);
        expect(found.get(one.id)).toBe('erased');
        expect(found.get(two.id)).not.toBe('erased');
      });

      it('that were erased are told to whoever had asked before', async () => {
        const [one, two] = [key(), key()];
        await store.add(tenant, [one, two]);
        const { cursor } = await store.erasedSince(undefined);
        await store.erase(tenant, [{ key: one.id, stream: 'client-1' }]);
        const next = await store.erasedSince(cursor);
        expect(next.erased).toContainEqual({ key: one.id, stream: 'client-1' });
        await store.erase(tenant, [{ key: two.id, stream: 'client-2' }]);
        expect((await store.erasedSince(next.cursor)).erased).toContainEqual({ key: two.id, stream: 'client-2' });
      });
    });

    describe('what concerns a person', () => {
      it('is known once, to the tenant only', async () => {
        const concern = { person: 'clients/1', stream: 'interaction-1' };
        await store.addConcerns(tenant, [concern, { person: 'clients/2', stream: 'interaction-1' }]);
        await store.addConcerns(tenant, [concern, { person: 'clients/1', stream: 'interaction-2' }]);
        expect([...(await store.concerning(tenant, 'clients/1'))].sort()).toEqual(['interaction-1', 'interaction-2']);
        expect(await store.concerning('another', 'clients/1')).toEqual([]);
      });

      it('cannot grow once the person is to be forgotten', async () => {
        await store.addErasure({ tenant, person: 'clients/1', at: '2026-03-01T09:00:00.000Z', by: 'ann' });
        const concerns = ['clients/2', 'clients/1'].map((person) => ({ person, stream: 'interaction-1' }));
        await expect(store.addConcerns(tenant, concerns)).rejects.toMatchObject({
          constructor: PersonForgotten,
          person: 'clients/1',
        });
        await store.addConcerns('another', concerns);
      });
    });

    it('keeps a ledger of erasures: the first entry of a person stays', async () => {
      const first = { tenant, person: 'clients/1', at: '2026-03-01T09:00:00.000Z', by: 'ann' };
      expect(await store.addErasure(first)).toEqual(first);
      expect(await store.addErasure({ ...first, at: '2026-03-02T09:00:00.000Z', by: 'bob' })).toEqual(first);
      await store.close();
      store = await place.open();
      expect((await store.erasures()).filter((entry) => entry.tenant === tenant)).toEqual([first]);
    });
  });
}

function asKept({ wrapped, ...key }: WrappedTenantKey) {
  return { ...key, wrapped: expect.objectContaining({ ...new Uint8Array(wrapped) }) };
}
