import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { StartupError } from '../process/startup-error.js';
import {
  access,
  embeddedConfiguration,
  eventStoreUrl,
  kafkaServers,
  listenAddress,
  loadLimits,
  MANY_TENANTS,
  mongodbUri,
  ONE_TENANT,
  processConfiguration,
  publicTls,
  requiredPublicTls,
  serviceAddresses,
} from './index.js';

const kafka = { KAFKA_BROKERS: 'a:9092, b:9092', KAFKA_TLS: 'true' };

/** The one line that whoever started the process is told. */
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
  throw new Error('the configuration was not refused');
}

describe('addresses', () => {
  it.each([
    ['accounts:4103', [{ host: 'accounts', port: 4103 }]],
    [
      '10.0.0.1:1, [::1]:2',
      [
        { host: '10.0.0.1', port: 1 },
        { host: '::1', port: 2 },
      ],
    ],
  ])('are read from %s', (text, accounts) => {
    expect(serviceAddresses({ SILLAGE_SERVICE_ACCOUNTS: text }, 'accounts')).toEqual({ accounts });
  });

  it.each(['accounts', ':1', 'a:b', 'a:70000', 'http://a:1', 'a:1,,b:2', '::1:2'])('are refused in %s', (text) => {
    expect(refusal(() => serviceAddresses({ SILLAGE_SERVICE_ACCOUNTS: text }, 'accounts'))).toMatch(
      /^SILLAGE_SERVICE_ACCOUNTS must be /,
    );
  });

  it('must be given', () => {
    expect(refusal(() => listenAddress({ SILLAGE_LISTEN: ' ' }))).toBe(
      'SILLAGE_LISTEN is not set; it is to be of the form host:port',
    );
  });
});

describe('servers', () => {
  const insecure = { SILLAGE_INSECURE: 'true' };

  it.each([
    ['esdb://store:2113', /^esdb/],
    ['kurrentdb+discover://ann:a%20good%20one@a:2113,b:2113,c:2113?tls=true', /^kurrent/],
  ])('are taken with TLS: %s', (EVENTSTOREDB_URL, expected) => {
    expect(eventStoreUrl({ EVENTSTOREDB_URL })).toMatch(expected);
  });

  it.each([
    [() => eventStoreUrl({ EVENTSTOREDB_URL: 'esdb://store:2113?TLS=False' }), 'EVENTSTOREDB_URL is without TLS'],
    [() => eventStoreUrl({ EVENTSTOREDB_URL: 'esdb://admin:changeit@a:1,b:2' }), 'EVENTSTOREDB_URL has a default'],
    [() => mongodbUri({ MONGODB_URI: 'mongodb://a:1,b:2/sillage' }), 'MONGODB_URI is without TLS'],
    [() => mongodbUri({ MONGODB_URI: 'mongodb+srv://a/sillage?tls=false' }), 'MONGODB_URI is without TLS'],
    [() => mongodbUri({ MONGODB_URI: 'mongodb://a/?tls=true&tlsInsecure=true' }), 'MONGODB_URI takes certificates of'],
    [
      () => mongodbUri({ MONGODB_URI: 'mongodb+srv://a/?tlsAllowInvalidCertificates=true' }),
      'MONGODB_URI takes certificates of anybody (tlsAllowInvalidCertificates=true)',
    ],
    [() => mongodbUri({ MONGODB_URI: 'mongodb://root:root@a/?tls=true' }), 'MONGODB_URI has a default'],
    [() => kafkaServers({ KAFKA_BROKERS: 'a:9092' }), 'KAFKA_BROKERS are used without TLS'],
    [() => kafkaServers({ ...kafka, KAFKA_USERNAME: 'ann', KAFKA_PASSWORD: 'secret' }), 'KAFKA_PASSWORD has a default'],
    [() => kafkaServers({ ...kafka, KAFKA_USERNAME: 'ann' }), 'KAFKA_PASSWORD is not set'],
    [() => access({ SILLAGE_OIDC_ISSUER: 'http://issuer' }), 'SILLAGE_OIDC_ISSUER is without TLS'],
    [() => access({ SILLAGE_ADMIN_TOKEN: 'x'.repeat(20) }), 'SILLAGE_OIDC_ISSUER is not set'],
  ])('are refused without it, or with secrets that everybody knows: %#', (read, reason) => {
    expect(refusal(read)).toContain(reason);
  });

  it('are taken as they are when that is said to be meant', () => {
    expect(eventStoreUrl({ ...insecure, EVENTSTOREDB_URL: 'esdb://admin:changeit@a:2113?tls=false' })).toMatch(/^esdb/);
    expect(mongodbUri({ ...insecure, MONGODB_URI: 'mongodb://a' })).toBe('mongodb://a');
    expect(kafkaServers({ ...insecure, KAFKA_BROKERS: 'a:1' })).toEqual({
      brokers: ['a:1'],
      tls: false,
    });
    expect(access({ ...insecure, SILLAGE_ADMIN_TOKEN: 'x'.repeat(20) })).toMatchObject({ kind: 'one-token' });
  });

  it('say how to log in to Kafka', () => {
    const login = { KAFKA_USERNAME: 'ann', KAFKA_PASSWORD: 'hidden' };
    expect(kafkaServers({ ...kafka, ...login })).toEqual({
      brokers: ['a:9092', 'b:9092'],
      tls: true,
      login: { mechanism: 'scram-sha-512', username: 'ann', password: 'hidden' },
    });
    expect(refusal(() => kafkaServers({ ...kafka, ...login, KAFKA_SASL_MECHANISM: 'md5' }))).toBe(
      'KAFKA_SASL_MECHANISM must be one of plain, scram-sha-256, scram-sha-512, not "md5"',
    );
  });

  it('say whose certificates the brokers of Kafka have', () => {
    const file = fileURLToPath(import.meta.url);
    expect(kafkaServers({ ...kafka, KAFKA_CA_FILE: file }).ca).toContain('kafkaServers');
    expect(refusal(() => kafkaServers({ ...kafka, KAFKA_CA_FILE: '/nowhere' }))).toMatch(
      /^KAFKA_CA_FILE cannot be read/,
    );
    expect(refusal(() => kafkaServers({ ...insecure, KAFKA_BROKERS: 'a:1', KAFKA_CA_FILE: file }))).toBe(
      'KAFKA_CA_FILE is set, but KAFKA_TLS is not true',
    );
  });

  it('are refused without repeating a password', () => {
    expect(refusal(() => mongodbUri({ MONGODB_URI: 'postgres://ann:hidden@a' }))).not.toContain('hidden');
    expect(refusal(() => access({ ...insecure, SILLAGE_ADMIN_TOKEN: 'hidden' }))).not.toContain('hidden');
  });

  it('take what is secure without being told: MongoDB over SRV, a token issuer over https', () => {
    expect(mongodbUri({ MONGODB_URI: 'mongodb+srv://a/sillage' })).toMatch(/^mongodb/);
    expect(access({ SILLAGE_OIDC_ISSUER: 'https://issuer', SILLAGE_OIDC_AUDIENCE: 'sillage' })).toEqual({
      kind: 'issuer',
      issuer: 'https://issuer',
      audience: 'sillage',
    });
  });
});

describe('TLS of the public API', () => {
  const files = { SILLAGE_TLS_CERT: 'cert.pem', SILLAGE_TLS_KEY: 'key.pem' };

  it('is spoken by the gateway or by a proxy before it, or by nobody where that is allowed', () => {
    const byGateway = { by: 'the gateway', certificate: 'cert.pem', key: 'key.pem' };
    expect(requiredPublicTls(files)).toEqual(byGateway);
    expect(requiredPublicTls({ SILLAGE_TLS_AT_PROXY: 'true' })).toEqual({ by: 'a proxy' });
    expect(requiredPublicTls({ SILLAGE_INSECURE: 'true' })).toEqual({ by: 'nobody' });
    expect(publicTls({})).toEqual({ by: 'nobody' });
    expect(refusal(() => requiredPublicTls({}))).toMatch(/^the public API is without TLS/);
  });

  it.each(['SILLAGE_TLS_CERT', 'SILLAGE_TLS_KEY'] as const)('is not half configured: %s alone', (name) => {
    expect(refusal(() => publicTls({ [name]: 'file.pem' }))).toContain('is not set, but');
  });
});

describe('limits of load', () => {
  it('are those of the profile unless others are set', () => {
    expect(loadLimits({}, MANY_TENANTS)).toEqual({ tenantRate: 5_000, tokenRate: 2_500, shared: 4 });
    expect(loadLimits({}, ONE_TENANT)).toEqual({ tenantRate: undefined, tokenRate: undefined, shared: 4 });
    const set = { SILLAGE_RATE_LIMIT: 'none', SILLAGE_TOKEN_RATE_LIMIT: '0.5', SILLAGE_SHARED_REQUESTS: '20' };
    expect(loadLimits(set, MANY_TENANTS)).toEqual({ tenantRate: undefined, tokenRate: 0.5, shared: 20 });
  });

  it.each([
    [{ SILLAGE_RATE_LIMIT: '0' }, 'SILLAGE_RATE_LIMIT must be a number of requests a second, or none, not "0"'],
    [{ SILLAGE_TOKEN_RATE_LIMIT: '-1' }, 'SILLAGE_TOKEN_RATE_LIMIT must be a number'],
    [{ SILLAGE_SHARED_REQUESTS: '0' }, 'SILLAGE_SHARED_REQUESTS must be a whole number from 1 to 9999'],
  ])('are refused: %j', (environment, reason) => {
    expect(refusal(() => loadLimits(environment, MANY_TENANTS))).toContain(reason);
  });
});

describe('a process', () => {
  it('logs at info, and serves neither metrics nor traces, unless it is told otherwise', () => {
    expect(processConfiguration({})).toEqual({ logLevel: 'info', isTraced: false, management: undefined });
    expect(
      processConfiguration({
        SILLAGE_LOG_LEVEL: 'warn',
        SILLAGE_HOST: '0.0.0.0',
        SILLAGE_MANAGEMENT_PORT: '9100',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      }),
    ).toEqual({ logLevel: 'warn', isTraced: true, management: { host: '0.0.0.0', port: 9100 } });
  });

  it.each([
    [{ SILLAGE_LOG_LEVEL: 'loud' }, 'SILLAGE_LOG_LEVEL must be one of'],
    [{ SILLAGE_MANAGEMENT_PORT: '-1' }, 'SILLAGE_MANAGEMENT_PORT must be a whole number'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' }, 'OTEL_EXPORTER_OTLP_ENDPOINT must be a URL'],
  ])('does not start on %j', (environment, reason) => {
    expect(refusal(() => processConfiguration(environment))).toContain(reason);
  });

  it('keeps everything below the working directory when it is embedded', () => {
    expect(embeddedConfiguration({})).toEqual({ dataDirectory: '.sillage', http: { host: '127.0.0.1', port: 3000 } });
    expect(refusal(() => embeddedConfiguration({ SILLAGE_PORT: 'http' }))).toContain('SILLAGE_PORT');
  });
});
