import type { NewEvent } from '@sillage/kernel';

/** An event as its row holds it, the data and metadata as JSON text. Tuples cross threads cheaper than objects. */
export type EncodedEvent = readonly [id: string, tenant: string, type: string, data: string, metadata: string];

export type EncodedAppend = readonly [stream: string, expected: number, events: readonly EncodedEvent[]];

/** What the callers' thread asks of the writer's. */
export type WriterRequest =
  | { readonly kind: 'append'; readonly appends: readonly EncodedAppend[] }
  /** Comes last: commit what is waiting, close the file, end the thread. */
  | { readonly kind: 'close' };

/** The writer's first word. */
export type OpeningReply =
  | { readonly kind: 'opened' }
  | { readonly kind: 'not-opened'; readonly reason: string }
  | { readonly kind: 'too-new'; readonly found: number };

/** What became of a group of appends: the oldest that are not answered yet. */
export type GroupReply =
  /** For each append the position of its last event, or `REFUSED`. */
  | { readonly kind: 'committed'; readonly positions: readonly number[] }
  | {
      readonly kind: 'failed';
      readonly appends: number;
      /** Whether the failure leaves it open that the group was stored. */
      readonly outcome: 'nothing-stored' | 'unknown';
      readonly reason: string;
    };

/** In place of a position: the stream is not where the append expects it. */
export const REFUSED = 0;

/** Makes the JSON text of an append, once and on the caller's thread: text is the cheapest thing to hand over. */
export function encodeAppend(stream: string, expected: number, events: readonly NewEvent[]): EncodedAppend {
  return [stream, expected, events.map(encodeEvent)];
}

function encodeEvent({ id, type, data, metadata }: NewEvent): EncodedEvent {
  return [id, metadata.tenant, type, JSON.stringify(data), JSON.stringify(metadata)];
}

/** The bytes of an append's JSON. */
export function sizeOf([, , events]: EncodedAppend): number {
  return events.reduce(
    (bytes, [, , , data, metadata]) => bytes + Buffer.byteLength(data) + Buffer.byteLength(metadata),
    0,
  );
}
