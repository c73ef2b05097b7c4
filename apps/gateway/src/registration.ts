import { type DynamicModule, Global, Module } from '@nestjs/common';
import { type PublishedStreams, Publisher } from '@sillage/event-feed';
import type { EventLog } from '@sillage/event-store';
import { Messages } from '@sillage/messaging';
import { TcpClient } from '@sillage/messaging/tcp';
import {
  type Access,
  access,
  type Host,
  httpAddress,
  loadLimits,
  MANY_TENANTS,
  requiredPublicTls,
  type Start,
  serviceAddresses,
} from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import { openSealedStore } from '@sillage/service';
import { oneToken } from './access/one-token.js';
import { openIdIssuer } from './access/openid-issuer.js';
import { AUTHENTICATOR, type Authenticator } from './edge/identity.js';
import { EVENT_LOG } from './events/events.gateway.js';
import { GatewayModule } from './gateway.module.js';
import { READINESS } from './health/health.controller.js';
import { httpApplication, listen } from './http-application.js';

/** What of an event store the gateway needs, to tell past events. */
export type PublishedLog = EventLog & PublishedStreams;

/**
 * The gateway in a process of its own: the one place that says which adapter stands behind which port. A service that
 * is not there is told to those who ask for it; the gateway itself is ready all the same.
 */
export function gateway(openLog: (host: Host) => Promise<PublishedLog> = openPast): Start {
  return async (host) => {
    const { environment, logger, observer, shutdown } = host;
    const [http, accepted] = [httpAddress(environment), access(environment)];
    const [limits, tls] = [loadLimits(environment, MANY_TENANTS), requiredPublicTls(environment)];
    const names = ['prospects', 'opportunities', 'accounts', 'interactions', 'reporting'] as const;
    const services = serviceAddresses(environment, ...names);
    const log = await openLog(host);
    const authenticator = await host.waitFor('token issuer', () => authenticatorFor(accepted));
    const client = new TcpClient({ services, observer });
    shutdown.add('consumers', 'connections to services', async () => client.close());
    const module = gatewayProcess(host, log, new Messages(client), authenticator);
    const app = await httpApplication(module, { logger, observer, limits, tls });
    await app.init();
    const url = await listen(app, http);
    shutdown.add('requests', 'the gateway', () => app.close());
    return [`Sillage gateway is ready at ${url}`, `  documentation:         ${url}/docs`];
  };
}

async function openPast(host: Host): Promise<PublishedLog> {
  return (await openSealedStore(host)).store;
}

async function authenticatorFor(accepted: Access): Promise<Authenticator> {
  if (accepted.kind === 'one-token') return oneToken(accepted.token);
  return openIdIssuer(accepted.issuer, accepted.audience);
}

function gatewayProcess(
  { readiness }: Host,
  log: PublishedLog,
  messages: Messages,
  authenticator: Authenticator,
): DynamicModule {
  const ports = [
    { provide: EVENT_LOG, useValue: log },
    { provide: Messages, useValue: messages },
    { provide: Publisher, useValue: new Publisher(RECORD_TYPES, log) },
    { provide: AUTHENTICATOR, useValue: authenticator },
    { provide: READINESS, useValue: readiness },
  ];

  @Global()
  @Module({ providers: ports, exports: ports })
  class Ports {}

  @Module({ imports: [Ports, GatewayModule] })
  class GatewayProcess {}

  return { module: GatewayProcess };
}
