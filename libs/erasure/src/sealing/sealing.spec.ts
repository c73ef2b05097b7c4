import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type JsonObject, newId } from '@sillage/kernel';
import fc from 'fast-check';
import { keyOf, seal, unseal } from './sealing.js';

const key = () => ({ id: newId(), key: createSecretKey(randomBytes(32)) });
const stored = { stream: 'person-acme.1', revision: 0, position: 1 };
const event = (data: JsonObject) => ({
  id: newId(),
  type: 'PersonCreated',
  data,
  metadata: {
    tenant: 'acme',
    actor: 'ann',
    at: '2026-03-01T08:00:00.000Z',
    commandId: 'c',
    correlationId: 'r',
    causationId: 'c',
    version: 1,
  },
});

/** JSON as it comes from a request, and the names of some of its members. */
const dataWithFields = fc
  .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }))
  .map((data) => JSON.parse(JSON.stringify(data)) as JsonObject)
  .filter((data) => !Object.hasOwn(data, 'sealed'))
  .chain((data) => fc.tuple(fc.constant(data), fc.subarray(Object.keys(data))));

describe('a sealed event', () => {
  it('opens as it was, members in their order', () => {
    fc.assert(
      fc.property(dataWithFields, ([data, fields]) => {
        const [plain, by] = [event(data), key()];
        const sealed = seal(plain, stored.stream, fields, by);
        expect(keyOf(sealed)).toBe(fields.length === 0 ? undefined : by.id);
        const opened = unseal({ ...sealed, ...stored }, by.key, fields);
        expect(JSON.stringify(opened)).toBe(JSON.stringify({ ...plain, ...stored }));
      }),
    );
  });

  it('says nothing of the person, and less once its key is erased', () => {
    const sealed = seal(event({ name: 'Zoë', source: 'fair', email: null }), stored.stream, ['name', 'email'], key());
    expect(JSON.stringify(sealed)).not.toContain('Zoë');
    expect(unseal({ ...sealed, ...stored }, 'erased', ['name', 'email']).data).toEqual({ source: 'fair' });
  });

  it.each([
    ['another stream', { stream: 'person-acme.2' }],
    ['another event', { id: newId() }],
    ['another type', { type: 'PersonRenamed' }],
    ['another tenant', { metadata: { ...event({}).metadata, tenant: 'umbrella' } }],
  ])('does not open as part of %s', (_, elsewhere) => {
    const by = key();
    const sealed = seal(event({ name: 'Zoë' }), stored.stream, ['name'], by);
    expect(() => unseal({ ...sealed, ...stored, ...elsewhere }, by.key, ['name'])).toThrow();
    expect(unseal({ ...sealed, ...stored }, by.key, ['name']).data).toEqual({ name: 'Zoë' });
  });

  it('never has the same text twice: each time with a new nonce', () => {
    const [by, plain] = [key(), event({ name: 'Zoë' })];
    const texts = Array.from({ length: 600 }, () => JSON.stringify(seal(plain, stored.stream, ['name'], by)));
    expect(new Set(texts).size).toBe(600);
  });
});
