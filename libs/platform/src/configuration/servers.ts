import { type Address, addresses, type Environment, flag, required, url } from './environment.js';
import { refuseInsecure } from './security.js';

/** Passwords that servers come with, or that examples show. */
const DEFAULT_PASSWORDS: readonly string[] = ['changeit', 'changeme', 'password', 'secret', 'admin', 'root', 'test'];

/** The connection string of the event store. @throws StartupError when it is missing, malformed or insecure. */
export function eventStoreUrl(environment: Environment): string {
  const text = required(environment, 'EVENTSTOREDB_URL', 'esdb://host:2113');
  const protocols = ['esdb:', 'esdb+discover:', 'kurrentdb:', 'kurrentdb+discover:'];
  const { password, searchParams } = url('EVENTSTOREDB_URL', withOneHost(text), protocols);
  const isPlain = parameter(searchParams, 'tls') === 'false';
  refuseInsecure(environment, isPlain ? 'EVENTSTOREDB_URL is without TLS (tls=false)' : undefined);
  refuseInsecure(environment, defaultSecret('EVENTSTOREDB_URL', password));
  return text;
}

/** The connection string of the views. @throws StartupError when it is missing, malformed or insecure. */
export function mongodbUri(environment: Environment): string {
  const text = required(environment, 'MONGODB_URI', 'mongodb://host:27017/sillage?tls=true');
  const { protocol, password, searchParams } = url('MONGODB_URI', withOneHost(text), ['mongodb:', 'mongodb+srv:']);
  const tls = parameter(searchParams, 'tls') ?? parameter(searchParams, 'ssl');
  const isPlain = tls !== 'true' && (protocol === 'mongodb:' || tls === 'false');
  refuseInsecure(environment, isPlain ? 'MONGODB_URI is without TLS (tls=true)' : undefined);
  refuseInsecure(environment, defaultSecret('MONGODB_URI', password));
  return text;
}

export interface KafkaServers {
  readonly brokers: readonly Address[];
  readonly tls: boolean;
}

/** The brokers of Kafka. @throws StartupError when they are missing, malformed or insecure. */
export function kafkaServers(environment: Environment): KafkaServers {
  const brokers = addresses('KAFKA_BROKERS', required(environment, 'KAFKA_BROKERS', 'host:9092,host:9092'));
  const tls = flag(environment, 'KAFKA_TLS');
  refuseInsecure(environment, tls ? undefined : 'KAFKA_BROKERS are used without TLS (KAFKA_TLS=true)');
  return { brokers, tls };
}

/** Connection strings may list several hosts, which a URL cannot. */
function withOneHost(text: string): string {
  return text.replace(/^([^?#]*?:\/\/[^/?#]*?),[^/?#]*/, '$1');
}

function parameter(parameters: URLSearchParams, name: string): string | undefined {
  return [...parameters].find(([key]) => key.toLowerCase() === name)?.[1].toLowerCase();
}

function defaultSecret(name: string, password: string): string | undefined {
  return DEFAULT_PASSWORDS.includes(decodeURIComponent(password)) ? `${name} has a default password` : undefined;
}
