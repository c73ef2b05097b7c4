import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '@sillage/kernel';
import type { FastifyInstance } from 'fastify';
import { LANGUAGES, toProblemJson } from '../problems/index.js';
import { newRequestId } from './request-ids.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** The answer that is being made on a connection. */
const underWay = new WeakMap<Socket, ServerResponse>();

/** Lets `refuseUnparsed` know what is under way, and refuses tunnels, on which Node would hang up without a word. */
export function watchConnections({ server }: FastifyInstance): void {
  server.on('request', ({ socket }, response) => underWay.set(socket, response));
  server.on('connect', (_request, socket: Socket) => refuse(socket, new Problem('malformed-request')));
}

/** What Node tells of bytes that are no request, or came too slowly. */
export interface ParserError extends Error {
  readonly code?: string;
  /** What of the connection was read last: a Buffer, for all that Fastify's types say. */
  readonly rawPacket?: unknown;
}

/**
 * Answers what Node's parser refuses before there is a request for Fastify, and closes the connection: what follows
 * could be anything.
 */
export function refuseUnparsed(error: ParserError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const response = underWay.get(socket);
  if (response === undefined || (response.req.complete && response.writableEnded)) refuse(socket, problemOf(error));
  else if (response.req.complete) closeBehind(response, socket);
  // Of a request that has an answer already only the body was still coming.
  else if (response.headersSent) socket.destroy();
  else refuse(socket, problemOf(error));
}

/** The answer that is being made belongs to a request before the one that is refused. */
function closeBehind(response: ServerResponse, socket: Socket): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
  response.once('finish', () => socket.destroySoon());
}

function problemOf({ code, rawPacket }: ParserError): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(isOneLine(rawPacket) ? 'address-too-long' : 'headers-too-large');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('request-too-slow');
    default:
      return new Problem('malformed-request');
  }
}

/** Whether a request line alone has used up what there is for all headers. */
function isOneLine(packet: unknown): boolean {
  return packet instanceof Uint8Array && /^[A-Z]+ \S{8192}/.test(Buffer.from(packet).toString('latin1'));
}

/** No header of the request can be trusted to say in which language. */
function refuse(socket: Socket, problem: Problem): void {
  const id = newRequestId();
  const { status, headers, body } = toProblemJson(problem, { requestId: id, language: LANGUAGES[0] });
  const text = JSON.stringify(body);
  const lines = Object.entries({
    ...SECURITY_HEADERS,
    ...headers,
    'x-request-id': id,
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${text}`);
  socket.destroySoon();
}
