import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anEvent } from '../testing/index.js';
import type { EventsTopic } from './events-topic.js';
import { describeOnKafka, openTopicOfTest } from './testing/on-kafka.js';
import { openProducer, parcels, requireAll } from './topic-producer.js';

const KIBIBYTE = 1024;

describe('parcels of messages', () => {
  it('hold all messages in order, and no more than a broker takes at once', () => {
    const sizes = fc.array(fc.oneof(fc.nat(2 * KIBIBYTE), fc.nat(700 * KIBIBYTE)), { maxLength: 50 });
    fc.assert(
      fc.property(sizes, (bytes) => {
        const messages = bytes.map((size, number) => ({ number, value: 'x'.repeat(size) }));

        const all = parcels(messages);

        expect(all.flat()).toEqual(messages);
        for (const parcel of all) {
          const total = parcel.reduce((sum, { value }) => sum + value.length, 0);
          expect(parcel.length === 1 || total <= 900 * KIBIBYTE).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('a send that kafkajs calls done', () => {
  const messages = [{ partition: 0 }, { partition: 2 }, { partition: 0 }];

  it('is done when every partition of its messages has acknowledged them', () => {
    expect(() => requireAll(messages, [{ partition: 2 }, { partition: 0 }])).not.toThrow();
  });

  it('has failed when one has not, as when its leader moved to a broker that had answered already', () => {
    expect(() => requireAll(messages, [{ partition: 0 }])).toThrow(/sent to the partitions 2$/);
  });
});

describeOnKafka('a producer of events', () => {
  let topic: EventsTopic;
  beforeEach(async () => {
    topic = await openTopicOfTest({ partitions: 2 });
  });
  afterEach(() => topic.close());

  it('gets the largest events there can be through, beside small ones', async () => {
    const producer = await openProducer(topic);
    // A body is 1 MiB at most; the record is in the event, and may be in its changes before and after.
    const large = { record: { notes: 'é'.repeat(512 * KIBIBYTE) }, changes: [] };
    const changed = { ...large, changes: [{ field: 'notes', from: large.record.notes, to: large.record.notes }] };
    const events = [anEvent(), anEvent({ data: changed }), anEvent(), anEvent({ data: large })];

    await producer.send(events.map((event) => ({ event, partition: 1, previous: 0 })));

    expect((await topic.bounds()).get(1)).toEqual({ low: 0n, high: 4n });
    await producer.close();
  });
});
