import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { setTimeout as passing } from 'node:timers/promises';
import { ServerTCP, type TcpSocket } from '@nestjs/microservices';
import type { SentProblem } from '@sillage/kernel';
import { answerOf, NoHandler } from '../answering.js';
import type { Message, Reply } from '../message.js';
import type { Carrier, MessageObserver } from '../message-observer.js';
import type { Address } from './address.js';
import { MOST_AT_WORK } from './limits.js';
import { type AnswerPacket, asRequest, isPing, type RequestPacket, refusal } from './packets.js';
import { ServiceSocket } from './sockets.js';

/** Milliseconds that a client has to take its last answers when the server stops. */
const TIME_TO_FLUSH = 1_000;

export interface TcpServerOptions {
  /** Port 0 takes any free one. */
  readonly listen: Address;
  readonly observer?: MessageObserver;
  /** Messages that are worked on at once; further ones are refused as `overloaded`. */
  readonly mostAtWork?: number;
}

/**
 * Serves messages over Nest's TCP protocol. A message is refused at once, without work, when its time is up, when too
 * many are being worked on, or when the server is about to stop.
 */
export class TcpServer extends ServerTCP {
  private readonly mostAtWork: number;
  private readonly observer: MessageObserver | undefined;
  private readonly work = new Set<Promise<void>>();
  private isDraining = false;

  constructor({ listen, observer, mostAtWork = MOST_AT_WORK }: TcpServerOptions) {
    super({ ...listen, socketClass: ServiceSocket });
    this.observer = observer;
    this.mostAtWork = mostAtWork;
  }

  /** Where it listens, once it does. */
  get address(): Address {
    const { address, port } = this.unwrap<NetServer>().address() as AddressInfo;
    return { host: address, port };
  }

  /** Gives every failure to listen to its caller; Nest's own waits for ever on some. */
  override listen(callback: (error?: unknown) => void): void {
    const server = this.unwrap<NetServer>();
    server.once('error', callback);
    server.listen(this.port, this.host, () => {
      server.off('error', callback);
      callback();
    });
  }

  /** Messages being worked on. */
  get atWork(): number {
    return this.work.size;
  }

  /** Whether a handler of this process takes messages of a pattern. */
  takes(pattern: string): boolean {
    return this.messageHandlers.has(pattern);
  }

  /** Answers a message of this very process, which needs no wire. */
  async handle(pattern: string, message: Message<unknown>, carrier: Carrier = {}): Promise<unknown> {
    const handler = this.messageHandlers.get(pattern);
    if (handler === undefined) throw new NoHandler(pattern);
    const answer = () => answerOf(handler, message);
    if (this.observer === undefined) return answer();
    return this.observer.answering({ pattern, context: message.context, carrier }, answer);
  }

  override async handleMessage(socket: TcpSocket, packet: unknown): Promise<void> {
    const request = asRequest(packet);
    if (request === undefined) {
      socket.end();
      return;
    }
    const refused = this.reasonToRefuse(request);
    if (refused !== undefined) {
      socket.sendMessage(refusal(request.id, refused));
      return;
    }
    if (isPing(request)) {
      socket.sendMessage({ id: request.id, response: { value: null }, isDisposed: true } satisfies AnswerPacket);
      return;
    }
    const working = this.answer(request).then((answer) => socket.sendMessage(answer));
    this.work.add(working);
    await working.finally(() => this.work.delete(working));
  }

  /**
   * Takes no more messages, whose senders turn to another replica, finishes those it has, for at most so many
   * milliseconds, and closes the connections once the answers are sent.
   */
  async drain(milliseconds: number): Promise<void> {
    this.isDraining = true;
    await within(milliseconds, this.finished());
    this.unwrap<NetServer>().close();
    await within(TIME_TO_FLUSH, Promise.all([...this.openSockets].map(flushed)));
  }

  /** A connection that broke is told of by its client, who asks again. */
  override handleError(error: unknown): void {
    this.logger.warn(error instanceof Error ? error.message : String(error));
  }

  private async finished(): Promise<void> {
    while (this.work.size > 0) await Promise.allSettled(this.work);
  }

  private reasonToRefuse(request: RequestPacket): SentProblem['code'] | undefined {
    if (this.isDraining) return 'shutting-down';
    if (request.metadata.timeLeft <= 0) return 'deadline-exceeded';
    if (isPing(request)) return undefined;
    return this.work.size >= this.mostAtWork ? 'overloaded' : undefined;
  }

  /** Never rejects: a handler turns what goes wrong into its reply, so what is thrown here is a defect. */
  private async answer({ id, pattern, data, metadata }: RequestPacket): Promise<AnswerPacket> {
    try {
      const context = { ...data.context, deadline: Date.now() + metadata.timeLeft };
      const response = (await this.handle(pattern, { ...data, context }, metadata.carrier)) as Reply<unknown>;
      return { id, response, isDisposed: true };
    } catch (error) {
      if (error instanceof NoHandler) return { id, err: error.message };
      this.logger.error(error);
      return refusal(id, 'internal-error');
    }
  }
}

async function within(milliseconds: number, ending: Promise<unknown>): Promise<void> {
  const ended = new AbortController();
  const late = passing(milliseconds, undefined, { signal: ended.signal }).catch(() => undefined);
  await Promise.race([ending, late]);
  ended.abort();
}

function flushed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    socket.end(() => resolve());
  });
}
