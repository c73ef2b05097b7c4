import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import type { PublicEvent } from '@sillage/contracts';
import type { FastifyReply } from 'fastify';
import { answerAtLength } from '../edge/load/taking-turns.js';

/** Milliseconds between comments that keep proxies from closing a quiet connection. */
const HEARTBEAT = 15_000;

const logger = new Logger('EventStream');

/**
 * Writes events as server-sent events until the reader leaves or `stopping` says that the server does. It reads on only when the reader has
 * taken what was written, so a slow reader costs no memory.
 */
export async function streamEvents(
  reply: FastifyReply,
  stopping: AbortSignal,
  follow: (signal: AbortSignal) => AsyncIterable<readonly PublicEvent[]>,
): Promise<FastifyReply> {
  answerAtLength(reply);
  const { raw } = reply.hijack();
  const gone = new AbortController();
  raw.on('close', () => gone.abort());
  const leaving = AbortSignal.any([gone.signal, stopping]);
  for (const [name, value] of Object.entries(reply.getHeaders())) raw.setHeader(name, value ?? []);
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  raw.write(': sillage\n\n');
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT);
  try {
    for await (const events of follow(leaving)) {
      if (events.length === 0) continue;
      if (!raw.write(events.map(asServerSentEvent).join(''))) await once(raw, 'drain', { signal: leaving });
    }
  } catch (error) {
    // The answer has begun, so there is nothing to refuse any more: the reader resumes after its last event.
    if (!leaving.aborted) logger.error(error instanceof Error ? error.stack : String(error));
  } finally {
    clearInterval(heartbeat);
    raw.end();
  }
  return reply;
}

function asServerSentEvent(event: PublicEvent): string {
  return `id: ${event.position}\ndata: ${JSON.stringify(event)}\n\n`;
}
