import { Socket } from 'node:net';
import { type Address, asText } from './address.js';
import { MOST_UNDER_WAY, MOST_UNSENT } from './limits.js';
import { type AnswerPacket, asAnswer, isRefusal, pingRequest, type RequestPacket } from './packets.js';
import { ClientSocket } from './sockets.js';

/** Milliseconds until a new connection must have answered: a machine that is gone answers nothing at all. */
const TIME_TO_OPEN = 2_000;

/** Milliseconds of silence, while answers are awaited, after which the replica is asked whether it is still there. */
const PING_AFTER = 500;

/** Milliseconds of silence after which new messages go to other replicas, if there are any. */
const SUSPECT_AFTER = 1_000;

/** Milliseconds of silence after which the replica counts as lost. It leaves time to ask another one. */
const LOST_AFTER = 3_000;

const PING_ID = 'ping';

/** What became of a message: its answer, or that the connection broke before one came. */
export type Outcome = AnswerPacket | 'interrupted';

export interface ConnectionEvents {
  readonly opened: () => void;
  /** It was never open, or is no more. Comes once. */
  readonly closed: (reason: string) => void;
}

/**
 * One connection to one replica of a service, from the attempt to open it to its end. It is open once the replica has
 * answered, because the system also opens connections to a process that is frozen.
 */
export class Connection {
  private readonly netSocket = new Socket();
  private readonly socket = new ClientSocket(this.netSocket);
  private readonly waiting = new Map<string, (outcome: Outcome) => void>();
  private readonly watch: NodeJS.Timeout;
  private state: 'opening' | 'open' | 'leaving' | 'closed' = 'opening';
  /** When the replica last gave a sign of life, or was first asked since (milliseconds, monotonic). */
  private heardAt = performance.now();

  constructor(
    readonly address: Address,
    private readonly events: ConnectionEvents,
  ) {
    this.socket.on('message', (packet: unknown) => this.hear(packet));
    this.netSocket.on('error', (error: unknown) => this.close(error instanceof Error ? error.message : String(error)));
    this.netSocket.once('close', () => this.close('it was closed by the other side'));
    this.netSocket.once('connect', () => this.socket.sendMessage(pingRequest(PING_ID)));
    this.socket.connect(address.port, address.host);
    this.watch = setInterval(() => this.look(), PING_AFTER);
    this.watch.unref();
  }

  /** Takes messages, as far as it has room. */
  get isOpen(): boolean {
    return this.state === 'open';
  }

  get isClosed(): boolean {
    return this.state === 'closed';
  }

  get hasRoom(): boolean {
    return this.waiting.size < MOST_UNDER_WAY && this.netSocket.writableLength < MOST_UNSENT;
  }

  get isSuspect(): boolean {
    return this.waiting.size > 0 && this.silence > SUSPECT_AFTER;
  }

  /**
   * Sends a message; `settle` is called once, unless the message is forgotten before.
   * @throws RangeError when it is too long.
   */
  send(request: RequestPacket, settle: (outcome: Outcome) => void): void {
    if (this.waiting.size === 0) this.heardAt = performance.now();
    this.socket.sendMessage(request);
    this.waiting.set(request.id, settle);
  }

  /** Nobody waits for the answer any more. */
  forget(id: string): void {
    this.waiting.delete(id);
  }

  /** The replica has said that it takes no more messages. Those under way are still answered. */
  leave(): void {
    if (this.state === 'open') this.state = 'leaving';
  }

  /** What is under way is interrupted. */
  close(reason: string): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    clearInterval(this.watch);
    this.netSocket.destroy();
    const interrupted = [...this.waiting.values()];
    this.waiting.clear();
    this.events.closed(`${asText(this.address)}: ${reason}`);
    for (const settle of interrupted) settle('interrupted');
  }

  private get silence(): number {
    return performance.now() - this.heardAt;
  }

  private look(): void {
    if (this.state === 'opening') {
      if (this.silence > TIME_TO_OPEN) this.close('it did not answer in time');
    } else if (this.waiting.size > 0) {
      if (this.silence > LOST_AFTER) this.close('it does not answer any more');
      else if (this.silence > PING_AFTER) this.socket.sendMessage(pingRequest(PING_ID));
    }
  }

  private hear(packet: unknown): void {
    this.heardAt = performance.now();
    const answer = asAnswer(packet);
    if (answer === undefined) return;
    if (answer.id === PING_ID) {
      this.greet(answer);
      return;
    }
    const settle = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    settle?.(answer);
  }

  private greet(answer: AnswerPacket): void {
    if (isRefusal(answer, 'shutting-down')) {
      if (this.state === 'opening') this.close('it is shutting down');
      this.leave();
    } else if (this.state === 'opening') {
      this.state = 'open';
      this.events.opened();
    }
  }
}
