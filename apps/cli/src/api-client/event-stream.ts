import { setTimeout as sleep } from 'node:timers/promises';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { unexpected } from './answers.js';
import { type Attempt, asksToComeBack, type PatientRequests } from './patient-requests.js';
import { NoAnswer, type Transport } from './transport.js';

export interface EventFilter {
  /** A public event type: `sillage.opportunity.won.v1`. */
  readonly type?: string;
}

/** A public event from a live stream. */
export interface StreamedEvent {
  readonly position: string;
  /** JSON on one line. */
  readonly json: string;
}

/** Milliseconds before a lost stream is opened again: one that is always cut off at once must not spin. */
const REOPEN_AFTER = 500;

/**
 * Follows the public events behind a position (server-sent events of the HTML standard) without an end. When the
 * stream is lost it is opened again behind the last event that was given (Last-Event-ID), so each comes once.
 *
 * @throws ServerAway when the server stays away; Failure when it refuses.
 */
export async function* followEvents(
  requests: PatientRequests,
  transport: Transport,
  position: string,
  filter: EventFilter,
): AsyncGenerator<StreamedEvent> {
  const path = `/v1/events?${new URLSearchParams({ ...filter })}`;
  let last = position;
  for (;;) {
    const stream = await requests.patiently(() => open(transport, path, last));
    try {
      for await (const { id, data } of messagesIn(stream)) {
        last = id ?? last;
        yield { position: last, json: data };
      }
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
    await sleep(REOPEN_AFTER);
  }
}

async function open(transport: Transport, path: string, last: string): Promise<Attempt<AsyncIterable<string>>> {
  try {
    const answer = await transport.openStream(path, last);
    if (!('status' in answer)) return { done: answer };
    if (!asksToComeBack(answer.status)) throw unexpected(answer);
    return { comeBack: String(answer.status) };
  } catch (error) {
    if (error instanceof NoAnswer) return { comeBack: error.message };
    throw error;
  }
}

async function* messagesIn(stream: AsyncIterable<string>): AsyncGenerator<EventSourceMessage> {
  let messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => messages.push(message) });
  for await (const text of stream) {
    parser.feed(text);
    const complete = messages;
    messages = [];
    yield* complete;
  }
}
