import type { Type } from '@nestjs/common';
import { Messages, recordPorts, type ServiceName } from '@sillage/messaging';
import { TcpClient } from '@sillage/messaging/tcp';
import { observedStreams, type Start, serviceAddresses } from '@sillage/platform';
import { messageServer, serveMessages } from './messages.registration.js';
import { type Openers, openSealedStore } from './sealed-store.registration.js';

export interface RecordService {
  readonly name: ServiceName;
  /** The contexts that it hosts. */
  readonly modules: readonly Type[];
  /** The services that own what its records refer to. */
  readonly asks: readonly ServiceName[];
}

/** The process of a service that owns records: the one place that says which adapter stands behind which port. */
export function recordService({ name, modules, asks }: RecordService, openers: Openers = {}): Start {
  return async (host) => {
    const server = messageServer(host);
    const services = serviceAddresses(host.environment, ...asks);
    const { store, keys } = await openSealedStore(host, openers);
    const client = new TcpClient({ services, own: server, observer: host.observer });
    host.shutdown.add('consumers', 'connections to other services', async () => client.close());
    const streams = observedStreams(store, host.metrics);
    const providers = recordPorts({ streams, store, keys, messages: new Messages(client) });
    const address = await serveMessages(host, server, { modules, providers });
    return [`Sillage ${name} is ready at ${address}`];
  };
}
