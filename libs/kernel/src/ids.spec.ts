import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v5, version } from 'uuid';
import { derivedId, fingerprint, isId, newId } from './ids.js';

describe('a derived id', () => {
  it('is the UUIDv5 of its parts', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.nat()), { maxLength: 5 }), (parts) => {
        expect(derivedId(...parts)).toBe(v5(JSON.stringify(parts), '5f0e4c1e-7c0b-5d8e-9b0a-2f6f3b1c9a4d'));
      }),
    );
  });

  it('is what it has been since the first event was stored', () => {
    expect(derivedId('default', 'pipelines', 'prospects', 'default')).toBe('e20961de-526e-5224-8638-7f05f69db67b');
  });

  it('differs where the parts do, however they are cut', () => {
    expect(derivedId('a', 'bc')).not.toBe(derivedId('ab', 'c'));
  });
});

describe('a new id', () => {
  it('is ordered by time', () => {
    const ids = Array.from({ length: 100 }, newId);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every((id) => isId(id) && version(id) === 7)).toBe(true);
  });
});

describe('a fingerprint', () => {
  it('is the same whatever the order of members', () => {
    expect(fingerprint({ a: 1, b: { c: [1, null], d: 'x' } })).toBe(fingerprint({ b: { d: 'x', c: [1, null] }, a: 1 }));
    expect(fingerprint({ a: [1, 2] })).not.toBe(fingerprint({ a: [2, 1] }));
  });
});
