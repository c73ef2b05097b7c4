/** Every environment variable that a process of Sillage reads, and what it says. */
export const VARIABLES = {
  SILLAGE_DATA_DIR: 'Embedded: where everything is kept; default .sillage',
  SILLAGE_HOST: 'Address that HTTP is served on, that of the management port too; default 127.0.0.1',
  SILLAGE_PORT: 'Port of the public API; default 3000, 0 takes any free one',
  SILLAGE_MANAGEMENT_PORT: 'Distributed: port for /health and /metrics, without a token; none unless it is set',
  SILLAGE_LISTEN: 'host:port on which a service takes messages',
  SILLAGE_SERVICE_PROSPECTS: 'host:port, or several with commas, of the prospects service; a name may be of several',
  SILLAGE_SERVICE_OPPORTUNITIES: 'The same for the opportunities service, which has the pipelines too',
  SILLAGE_SERVICE_ACCOUNTS: 'The same for the accounts service, which has the clients too',
  SILLAGE_SERVICE_INTERACTIONS: 'The same for the interactions service',
  SILLAGE_SERVICE_REPORTING: 'The same for the reporting service',
  EVENTSTOREDB_URL: 'esdb://… or kurrentdb://… connection string of the event store',
  SILLAGE_STREAM_PREFIX:
    'What the names of streams begin with, where several Sillages share an event store; default sillage.',
  KAFKA_BROKERS: 'host:port, or several with commas, of Kafka',
  KAFKA_TLS: 'true when the brokers speak TLS',
  KAFKA_CA_FILE: 'File with the certificates (PEM) that those of the brokers come from; unless set, those Node trusts',
  KAFKA_USERNAME: 'Name under which the brokers know Sillage; none where they let everybody in',
  KAFKA_PASSWORD: 'Its password',
  KAFKA_SASL_MECHANISM: 'plain, scram-sha-256 or scram-sha-512; default scram-sha-512',
  KAFKA_TOPIC: 'Topic of the public events; default sillage.events.v1',
  MONGODB_URI: 'mongodb://… or mongodb+srv://… connection string of the views',
  SILLAGE_MASTER_KEY:
    'Wraps the keys by which personal data is sealed: 32 bytes in base64. Embedded: made on first start unless given',
  SILLAGE_MASTER_KEY_FILE: 'The same, as a file that holds it',
  SILLAGE_MASTER_KEY_PREVIOUS: 'The key before it, until `sillage keys rotate` has been run',
  SILLAGE_MASTER_KEY_PREVIOUS_FILE: 'The same, as a file that holds it',
  SILLAGE_KEYS_URI:
    'mongodb://… connection string of the keys; default: beside the views, in a database of the same name and -keys',
  SILLAGE_OIDC_ISSUER: 'https://… of the OpenID Connect issuer whose tokens are taken',
  SILLAGE_OIDC_AUDIENCE: 'The audience that tokens must be for',
  SILLAGE_ADMIN_TOKEN: 'The one token that is taken where there is no issuer; only with SILLAGE_INSECURE=true',
  SILLAGE_TLS_CERT:
    'File in PEM: the certificate of the public API, and those that vouch for it; read anew when it changes',
  SILLAGE_TLS_KEY: 'File in PEM: its key',
  SILLAGE_TLS_AT_PROXY: 'true where a proxy before the gateway speaks TLS to callers',
  SILLAGE_RATE_LIMIT:
    'Requests a second that a gateway takes of a tenant, ten times as many at once; or none. Default: 5000, embedded none',
  SILLAGE_TOKEN_RATE_LIMIT: 'The same for one token. Default: 2500, embedded none',
  SILLAGE_SHARED_REQUESTS: 'Requests that a gateway works on at once of tenants who are there together; default 4',
  SILLAGE_INSECURE: 'true to start without TLS, or with default secrets',
  SILLAGE_LOG_LEVEL: 'trace, debug, info, warn, error or fatal; default info',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http(s)://… to which traces are sent by OTLP; no traces unless it is set',
} as const;

export type Variable = keyof typeof VARIABLES;
