import type { Answer } from '@sillage/reporting';
import { HandedOver } from './thread-calls.js';

/** Shorter bodies, in characters, cost less to copy than a buffer of their own does. */
const WORTH_A_BUFFER = 4_096;

const encoder = new TextEncoder();

/**
 * An answer for another thread: a long body as bytes, which are handed over as they are and written to the socket as
 * they are. As text it would be copied into the heap of the thread that serves HTTP, and collected there.
 */
export function withBytes(answer: Answer): Answer | HandedOver {
  const { body } = answer;
  if (typeof body !== 'string' || body.length < WORTH_A_BUFFER) return answer;
  const bytes = encoder.encode(body);
  return new HandedOver({ ...answer, body: bytes } satisfies Answer, [bytes.buffer]);
}
