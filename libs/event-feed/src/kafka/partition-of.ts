/**
 * The partition that a tenant's events are in. The same as every Kafka client's default for the tenant as key (murmur2 of
 * its UTF-8 bytes, `org.apache.kafka.common.utils.Utils`), written out here because the store's log, too, must be
 * restricted to the tenants of a partition.
 */
export function partitionOf(tenant: string, partitions: number): number {
  return (murmur2(Buffer.from(tenant)) & 0x7fff_ffff) % partitions;
}

const SEED = 0x9747_b28c;
const MULTIPLIER = 0x5bd1_e995;

/** Austin Appleby's MurmurHash2 of 32 bits, with the seed that Kafka gives it. */
function murmur2(bytes: Buffer): number {
  const whole = bytes.length - (bytes.length % 4);
  let hash = SEED ^ bytes.length;
  for (let start = 0; start < whole; start += 4) {
    let word = Math.imul(bytes.readInt32LE(start), MULTIPLIER);
    word = Math.imul(word ^ (word >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  if (whole < bytes.length) {
    hash = Math.imul(hash ^ bytes.readUIntLE(whole, bytes.length - whole), MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}
