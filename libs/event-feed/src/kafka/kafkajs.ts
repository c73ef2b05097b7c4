import kafkajs from 'kafkajs';

/** kafkajs is a CommonJS package of which Node does not find every export by name. */
export const {
  AssignerProtocol,
  CompressionTypes,
  ConfigResourceTypes,
  Kafka,
  KafkaJSProtocolError,
  logLevel,
  PartitionAssigners,
  Partitioners,
} = kafkajs;
