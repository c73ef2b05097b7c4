import type { Kafka as KafkaClient, SASLOptions } from 'kafkajs';
import { Kafka, logLevel } from './kafkajs.js';
import { mendKafkajs } from './mended-kafkajs.js';

export interface KafkaSettings {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  readonly tls: boolean;
  /** Certificates (PEM) that the brokers' must come from; those that Node trusts unless they are given. */
  readonly ca?: string | undefined;
  readonly login?: KafkaLogin | undefined;
  /** Name of the topic; `sillage.events.v1` unless several Sillages share the brokers. */
  readonly topic?: string | undefined;
}

export interface KafkaLogin {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

/** What kafkajs has to say of brokers and connections; most of it it then repairs by itself. */
export type KafkaTells = (message: string, details: object) => void;

/** Milliseconds. */
const CONNECTION_TIMEOUT = 3_000;

/**
 * Milliseconds between two attempts, which grow; and before a consumer that has given up begins anew. kafkajs's own 30 s
 * would have relays and readers stand still for half a minute after a broker was lost, long after another has its part.
 */
const LONGEST_PAUSE = 1_000;

/** A client of the brokers. Nothing is connected yet. */
export function kafkaClient({ brokers, tls, ca, login }: KafkaSettings, tell: KafkaTells): KafkaClient {
  mendKafkajs();
  return new Kafka({
    clientId: 'sillage',
    brokers: [...brokers],
    ssl: tls && ca !== undefined ? { ca: [ca] } : tls,
    ...(login === undefined ? {} : { sasl: saslOf(login) }),
    connectionTimeout: CONNECTION_TIMEOUT,
    retry: { maxRetryTime: LONGEST_PAUSE },
    logLevel: logLevel.ERROR,
    logCreator:
      () =>
      ({ log: { message, timestamp: _, ...details } }) =>
        tell(message, details),
  });
}

function saslOf({ mechanism, ...credentials }: KafkaLogin): SASLOptions {
  switch (mechanism) {
    case 'plain':
      return { mechanism, ...credentials };
    case 'scram-sha-256':
      return { mechanism, ...credentials };
    case 'scram-sha-512':
      return { mechanism, ...credentials };
    default:
      return mechanism satisfies never;
  }
}
