export * from './relay.js';
export { isOfRelay, PartitionsChanged, type RelayCheckpoint, readRelayCheckpoint } from './relay-checkpoint.js';
export type { RelayTopic, TopicProducer } from './relay-topic.js';
export type { SequencedEvent } from './sequence.js';
