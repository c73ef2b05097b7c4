import { ClientProxy, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import { NoHandler } from '../answering.js';
import type { Message } from '../message.js';
import type { MessageObserver } from '../message-observer.js';
import { type ServiceName, serviceOf } from '../services.js';
import type { Address } from './address.js';
import { Call } from './call.js';
import { Replicas, type Resolve, resolveByDns } from './replicas.js';
import type { TcpServer } from './tcp-server.js';

export interface TcpClientOptions {
  /** Where the services are that this process asks; a name may stand for several replicas. */
  readonly services: { readonly [Name in ServiceName]?: readonly Address[] };
  /** The process's own service: what it takes itself needs no wire. */
  readonly own?: TcpServer;
  readonly observer?: MessageObserver;
  readonly resolve?: Resolve;
}

/**
 * Sends each message to a replica of the service that takes it. It connects by itself, and again for as long as it is
 * not closed; a service that cannot be reached is told as a reply, the problem `service-unavailable`.
 */
export class TcpClient extends ClientProxy {
  private readonly services: ReadonlyMap<string, Replicas>;
  private readonly own: TcpServer | undefined;
  private readonly observer: MessageObserver | undefined;
  private sent = 0;

  constructor({ services, own, observer, resolve = resolveByDns }: TcpClientOptions) {
    super();
    this.own = own;
    this.observer = observer;
    this.services = new Map(
      Object.entries(services).map(([name, addresses]) => [name, new Replicas(name, addresses, resolve)]),
    );
  }

  async connect(): Promise<void> {}

  close(): void {
    for (const replicas of this.services.values()) replicas.close();
  }

  unwrap<T>(): T {
    throw new Error('The TCP transport has several connections, not one to unwrap');
  }

  protected publish(packet: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    const { pattern, data } = packet as { readonly pattern: string; readonly data: Message<unknown> };
    if (this.own?.takes(pattern)) return this.publishHere(this.own, pattern, data, callback);
    const replicas = this.services.get(serviceOf(pattern) ?? '');
    if (replicas === undefined) {
      callback({ err: new NoHandler(pattern), isDisposed: true });
      return () => undefined;
    }
    this.sent += 1;
    const carrier = this.observer?.sending(pattern) ?? {};
    const call = new Call(replicas, { id: String(this.sent), pattern, message: data, carrier }, (result) => {
      if ('error' in result) callback({ err: result.error, isDisposed: true });
      else callback({ response: result.reply, isDisposed: true });
    });
    return () => call.cancel();
  }

  protected async dispatchEvent<T>(): Promise<T> {
    throw new Error('Every message is answered: there are no events without one');
  }

  private publishHere(
    own: TcpServer,
    pattern: string,
    message: Message<unknown>,
    callback: (packet: WritePacket) => void,
  ): () => void {
    own.handle(pattern, message).then(
      (response) => callback({ response, isDisposed: true }),
      (err: unknown) => callback({ err, isDisposed: true }),
    );
    return () => undefined;
  }
}
