import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { JsonSocket } from '@nestjs/microservices';
import { LONGEST_ANSWER, LONGEST_REQUEST, MOST_UNSENT } from './limits.js';
import { type AnswerPacket, type RequestPacket, refusal } from './packets.js';

/** Milliseconds of silence after which the system asks whether the other machine is still there. */
const KEEP_ALIVE_AFTER = 10_000;

const logger = new Logger('Messages');

/**
 * The service's end of a connection. It reads no further while a client leaves its answers lying, and closes on one
 * that leaves too many.
 */
export class ServiceSocket extends JsonSocket {
  constructor(socket: Socket) {
    super(tuned(socket), { maxBufferSize: LONGEST_REQUEST });
  }

  protected override handleSend(answer: AnswerPacket): void {
    const { netSocket } = this;
    if (netSocket.write(frame(sendable(answer)))) return;
    netSocket.pause();
    netSocket.once('drain', () => netSocket.resume());
    if (netSocket.writableLength > LONGEST_ANSWER + MOST_UNSENT) netSocket.destroy();
  }
}

/**
 * The client's end. It always reads: if it, too, waited for what it has written to be sent, two ends with large
 * messages for each other would wait for ever. What it may write is bounded by `MOST_UNDER_WAY` and `MOST_UNSENT`.
 */
export class ClientSocket extends JsonSocket {
  constructor(socket: Socket) {
    super(tuned(socket), { maxBufferSize: LONGEST_ANSWER });
  }

  /** @throws RangeError for a request that the service would not take, but close the connection on. */
  protected override handleSend(request: RequestPacket): void {
    const json = JSON.stringify(request);
    if (json.length > LONGEST_REQUEST) throw new RangeError(`the message has ${json.length} characters`);
    this.netSocket.write(frame(json));
  }
}

/** An answer that the client would not take must not cost the connection, with all that is under way on it. */
function sendable(answer: AnswerPacket): string {
  const json = JSON.stringify(answer);
  if (json.length <= LONGEST_ANSWER) return json;
  logger.error(`an answer of ${json.length} characters was not sent`);
  return JSON.stringify(refusal(answer.id, 'internal-error'));
}

/** Nest's form of a packet: its length in UTF-16 code units stands before it. */
function frame(json: string): string {
  return `${json.length}#${json}`;
}

/** Messages are small and wait for each other: none is held back to be sent with the next. */
function tuned(socket: Socket): Socket {
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_AFTER);
  return socket;
}
