import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Partitioners } from './kafkajs.js';
import { partitionOf } from './partition-of.js';

describe('the partition of a tenant', () => {
  it('is the one that Kafka’s clients choose for it', () => {
    const choose = Partitioners.DefaultPartitioner();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 1_000 }), (tenant, partitions) => {
        const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
          partitionErrorCode: 0,
          partitionId,
          leader: 1,
          replicas: [1],
          isr: [1],
        }));
        const chosen = choose({ topic: 'any', partitionMetadata, message: { key: tenant, value: '' } });
        expect(partitionOf(tenant, partitions)).toBe(chosen);
      }),
    );
  });

  it.each([
    // From Kafka's own tests of murmur2 (UtilsTest), made positive.
    ['21', 1_173_551_340],
    ['foobar', 1_357_151_166],
    ['a-little-bit-long-string', 1_161_502_112],
    ['abc', 479_470_107],
  ])('follows the published values: %s', (text, positive) => {
    expect(partitionOf(text, 0x7fff_ffff)).toBe(positive % 0x7fff_ffff);
  });
});
