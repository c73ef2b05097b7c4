import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import { mendKafkajs } from './mended-kafkajs.js';
import { describeOnKafka, openTopicOfTest } from './testing/on-kafka.js';

describe('kafkajs, mended', () => {
  it('writes what it wrote before', () => {
    const text = fc.oneof(fc.string({ maxLength: 70 }), fc.string({ unit: 'binary', maxLength: 300 }));
    const part = fc.oneof(fc.integer(), text, fc.constant(null));
    const writeOne = (encoder: Encoder, one: number | string | null) =>
      typeof one === 'number'
        ? encoder.writeVarInt(one).writeUVarInt(one)
        : encoder.writeVarIntBytes(one).writeVarIntString(one);
    const write = (parts: readonly (number | string | null)[]) => {
      const encoder = new Encoder();
      for (const one of parts) writeOne(encoder, one);
      return encoder.writeEncoderArray(parts.map((one) => writeOne(new Encoder(), one))).buffer;
    };
    const samples = fc.sample(fc.array(part, { maxLength: 50 }), 500);
    const before = samples.map(write);

    mendKafkajs();

    expect(samples.map(write)).toEqual(before);
  });
});

describeOnKafka('a client of kafkajs', () => {
  it('sets no timers for times that are past', async () => {
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const topic = await openTopicOfTest({ partitions: 1 });
    await topic.bounds();
    await topic.close();
    const delays = timers.mock.calls.map(([, milliseconds]) => milliseconds ?? 0);
    timers.mockRestore();
    expect(delays.length).toBeGreaterThan(0);
    expect(delays.filter((milliseconds) => milliseconds < 0)).toEqual([]);
  });
});
