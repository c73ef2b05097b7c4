import { describe } from '@jest/globals';
import { newId } from '@sillage/kernel';
import { notRun, serverOf } from '@sillage/kernel/testing';
import type { KafkaSettings } from '../connection.js';
import { ensureTopic } from '../ensure-topic.js';
import { EventsTopic } from '../events-topic.js';

const kafka = await serverOf('KAFKA_BROKERS');
const brokers = 'at' in kafka ? kafka.at.split(',') : [];

/** Declares tests that need a broker; where there is none, says so. */
export function describeOnKafka(name: string, tests: () => void): void {
  if ('at' in kafka) describe(name, tests);
  else notRun(name, kafka.missing);
}

/** A topic of a test's own. */
export function settingsOfTest(topic = `test-${newId()}`): KafkaSettings & { readonly topic: string } {
  return { brokers, tls: false, topic };
}

/** What kafkajs tells is of no interest where brokers, members and topics are meant to come and go. */
export const unheard = () => {};

/** Makes a topic of a test's own and opens it; it is left to the broker, which is of the tests too. */
export async function openTopicOfTest({ partitions }: { readonly partitions: number }): Promise<EventsTopic> {
  const settings = settingsOfTest();
  await ensureTopic(settings, { partitions, retention: 3_600_000 }, unheard);
  return EventsTopic.open(settings, unheard);
}
