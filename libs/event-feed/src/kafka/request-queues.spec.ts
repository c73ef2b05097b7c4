import { expect, it, jest } from '@jest/globals';
import { describeOnKafka, openTopicOfTest } from './testing/on-kafka.js';

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
