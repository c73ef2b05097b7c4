import { randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { MemoryKeyStore } from '../testing/index.js';
import { KeyPools } from './key-pools.js';
import { KeyRing } from './key-ring.js';
import { MasterKeys } from './master-keys.js';

const TENANT = 'acme';
const NOTICE_WITHIN = 500;

it('a ring gives nobody a key while somebody looks whether it was erased', async () => {
  const [store, masters] = [new MemoryKeyStore(), new MasterKeys([randomBytes(32)])];
  let now = 0;
  const ring = new KeyRing({ reader: store, masters, noticeWithin: NOTICE_WITHIN, now: () => now });
  const { id } = await new KeyPools(store, ring, masters).take(TENANT);
  const inHand = async () => (await ring.open(TENANT, [id])).get(id);
  await ring.notice();
  expect(await inHand()).not.toBe('erased');

  await store.erase(TENANT, [{ key: id, stream: 'person-acme.1' }]);
  await ring.notice();
  expect(await inHand()).not.toBe('erased');

  now += NOTICE_WITHIN;
  const { promise: isAnswered, resolve: answer } = Promise.withResolvers<void>();
  const erasedSince = store.erasedSince.bind(store);
  store.erasedSince = (cursor) => isAnswered.then(() => erasedSince(cursor));
  const looking = ring.notice();
  let isThrough = false;
  const coming = ring.notice().then(() => {
    isThrough = true;
  });
  await turn();
  expect(isThrough).toBe(false);
  answer();
  await Promise.all([looking, coming]);
  expect(await inHand()).toBe('erased');
});
