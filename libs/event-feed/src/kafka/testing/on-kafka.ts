import { describe, it } from '@jest/globals';
import { newId } from '@sillage/kernel';
import type { KafkaSettings } from '../connection.js';
import { ensureTopic } from '../ensure-topic.js';
import { EventsTopic } from '../events-topic.js';

const brokers = process.env.KAFKA_BROKERS ?? '';

/** Declares tests that need a broker; where there is none, says so. */
export function describeOnKafka(name: string, tests: () => void): void {
  if (brokers !== '') describe(name, tests);
  else describe(name, () => it.skip('not run: KAFKA_BROKERS is not set', () => {}));
}

/** A topic of a test's own. */
export function settingsOfTest(topic = `test-${newId()}`): KafkaSettings & { readonly topic: string } {
  return { brokers: brokers.split(','), tls: false, topic };
}

/** What kafkajs tells is of no interest where brokers, members and topics are meant to come and go. */
export const unheard = () => {};

/** Makes a topic of a test's own and opens it; it is left to the broker, which is of the tests too. */
export async function openTopicOfTest({ partitions }: { readonly partitions: number }): Promise<EventsTopic> {
  const settings = settingsOfTest();
  await ensureTopic(settings, { partitions, retention: 3_600_000 }, unheard);
  return EventsTopic.open(settings, unheard);
}
