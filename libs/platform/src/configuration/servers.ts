import { readFileSync } from 'node:fs';
import { StartupError } from '../process/startup-error.js';
import { addresses, type Environment, flag, given, required, url } from './environment.js';
import { refuseInsecure } from './security.js';
import type { Variable } from './variables.js';

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

/** What the names of streams begin with in the event store; undefined for its own choice. @throws StartupError */
export function streamPrefix(environment: Environment): string | undefined {
  const prefix = given(environment, 'SILLAGE_STREAM_PREFIX');
  if (prefix === undefined || /^[A-Za-z][\w-]*\.$/.test(prefix)) return prefix;
  throw new StartupError(`SILLAGE_STREAM_PREFIX must be a name that ends with a dot, not "${prefix}"`);
}

/** With these, MongoDB's driver speaks TLS with whoever answers. The client of the event store knows nothing like it. */
const UNVERIFIED = ['tlsInsecure', 'tlsAllowInvalidCertificates', 'tlsAllowInvalidHostnames'] as const;

/** The connection string of the views. @throws StartupError when it is missing, malformed or insecure. */
export function mongodbUri(environment: Environment): string {
  return mongodb(
    environment,
    'MONGODB_URI',
    required(environment, 'MONGODB_URI', 'mongodb://host:27017/sillage?tls=true'),
  );
}

function mongodb(environment: Environment, name: Variable, text: string): string {
  const { protocol, password, searchParams } = url(name, withOneHost(text), ['mongodb:', 'mongodb+srv:']);
  const tls = parameter(searchParams, 'tls') ?? parameter(searchParams, 'ssl');
  const isPlain = tls !== 'true' && (protocol === 'mongodb:' || tls === 'false');
  refuseInsecure(environment, isPlain ? `${name} is without TLS (tls=true)` : undefined);
  const unverified = UNVERIFIED.find((option) => parameter(searchParams, option.toLowerCase()) === 'true');
  refuseInsecure(environment, unverified && `${name} takes certificates of anybody (${unverified}=true)`);
  refuseInsecure(environment, defaultSecret(name, password));
  return text;
}

/** Where the keys are by which personal data is sealed. */
export interface KeysDatabase {
  readonly uri: string;
  /** The one that the uri names, unless it is given. */
  readonly database?: string;
}

/**
 * Where the keys are: never in the database of the views, which may be dropped and made anew.
 * @throws StartupError when that is not said, is malformed or insecure.
 */
export function keysDatabase(environment: Environment): KeysDatabase {
  const own = given(environment, 'SILLAGE_KEYS_URI');
  if (own !== undefined) return { uri: mongodb(environment, 'SILLAGE_KEYS_URI', own) };
  const uri = mongodbUri(environment);
  const views = url('MONGODB_URI', withOneHost(uri), ['mongodb:', 'mongodb+srv:']).pathname.slice(1);
  return { uri, database: `${views || 'sillage'}-keys` };
}

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

export interface KafkaServers {
  /** `host:port` */
  readonly brokers: readonly string[];
  readonly tls: boolean;
  /** Certificates (PEM) that the brokers' must come from; undefined for those that Node trusts. */
  readonly ca: string | undefined;
  /** Undefined where the brokers let everybody in. */
  readonly login: KafkaLogin | undefined;
  /** Of the events; the one that others know unless it is given. */
  readonly topic: string | undefined;
}

export interface KafkaLogin {
  readonly mechanism: (typeof MECHANISMS)[number];
  readonly username: string;
  readonly password: string;
}

/** The brokers of Kafka. @throws StartupError when they are missing, malformed or insecure. */
export function kafkaServers(environment: Environment): KafkaServers {
  const text = required(environment, 'KAFKA_BROKERS', 'host:9092,host:9092');
  addresses('KAFKA_BROKERS', text);
  const tls = flag(environment, 'KAFKA_TLS');
  refuseInsecure(environment, tls ? undefined : 'KAFKA_BROKERS are used without TLS (KAFKA_TLS=true)');
  const brokers = text.split(',').map((broker) => broker.trim());
  return {
    brokers,
    tls,
    ca: kafkaAuthority(environment, tls),
    login: kafkaLogin(environment),
    topic: given(environment, 'KAFKA_TOPIC'),
  };
}

function kafkaAuthority(environment: Environment, tls: boolean): string | undefined {
  const file = given(environment, 'KAFKA_CA_FILE');
  if (file === undefined) return undefined;
  if (!tls) throw new StartupError('KAFKA_CA_FILE is set, but KAFKA_TLS is not true');
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartupError(`KAFKA_CA_FILE cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function kafkaLogin(environment: Environment): KafkaLogin | undefined {
  const username = given(environment, 'KAFKA_USERNAME');
  if (username === undefined) return undefined;
  const password = required(environment, 'KAFKA_PASSWORD', 'the password of KAFKA_USERNAME');
  refuseInsecure(environment, defaultSecret('KAFKA_PASSWORD', encodeURIComponent(password)));
  const wanted = given(environment, 'KAFKA_SASL_MECHANISM') ?? 'scram-sha-512';
  const mechanism = MECHANISMS.find((known) => known === wanted);
  if (mechanism === undefined) {
    throw new StartupError(`KAFKA_SASL_MECHANISM must be one of ${MECHANISMS.join(', ')}, not "${wanted}"`);
  }
  return { mechanism, username, password };
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
