export type { KafkaLogin, KafkaSettings, KafkaTells } from './connection.js';
export { type AssignedPartition, type ConsumeOptions, consumeEvents } from './consume.js';
export { type EnsuredTopic, ensureTopic, type TopicDifference, type TopicPlan } from './ensure-topic.js';
export { EventsTopic, TopicMissing } from './events-topic.js';
export type { GroupMembership } from './group-membership.js';
export { partitionOf } from './partition-of.js';
export { type StandByOptions, standByAsRelay } from './stand-by.js';
