import { expect, it } from '@jest/globals';
import { ensureTopic } from './ensure-topic.js';
import { EventsTopic, TopicMissing } from './events-topic.js';
import { describeOnKafka, settingsOfTest, unheard } from './testing/on-kafka.js';

const HOUR = 3_600_000;

describeOnKafka('ensuring the topic', () => {
  it('makes what is missing, and nothing twice', async () => {
    const settings = settingsOfTest();
    const plan = { partitions: 3, retention: 7 * 24 * HOUR };
    await expect(EventsTopic.open(settings, unheard)).rejects.toThrow(TopicMissing);

    const made = await ensureTopic(settings, plan, unheard);
    const again = await ensureTopic(settings, plan, unheard);

    expect(made).toEqual({ name: settings.topic, isNew: true, partitions: 3, replication: 1, differences: [] });
    expect(again).toEqual({ ...made, isNew: false });
    const topic = await EventsTopic.open(settings, unheard);
    expect(topic.partitions).toBe(3);
    await topic.close();
  });

  it('says what differs, and leaves it', async () => {
    const settings = settingsOfTest();
    await ensureTopic(settings, { partitions: 3, retention: HOUR }, unheard);
    const other = { partitions: 6, replication: 2, retention: 2 * HOUR };

    const { isNew, differences } = await ensureTopic(settings, other, unheard);

    expect(isNew).toBe(false);
    expect(differences).toEqual([
      { what: 'partitions', planned: '6', found: '3' },
      { what: 'replication', planned: '2', found: '1' },
      { what: 'retention.ms', planned: '7200000', found: '3600000' },
    ]);
    expect((await ensureTopic(settings, other, unheard)).differences).toEqual(differences);
  });
});
