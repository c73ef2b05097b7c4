import { describe, expect, it } from '@jest/globals';
import type { PublicEvent } from '@sillage/contracts';
import fc from 'fast-check';
import { Sequence, type SequencedEvent } from '../relay/sequence.js';
import { anEvent } from '../testing/samples.js';
import { placeOf, type StoredMessage, toMessage } from './event-message.js';
import { sift } from './sift.js';
import { asStored } from './testing/stored.js';

/** Positions grow with gaps, as those of a store that counts bytes. */
const DISTANCE = 3;

interface World {
  readonly events: readonly PublicEvent[];
  /** What each relay does, in turn: it begins anew, or sends so many events; the last of them may be lost with it. */
  readonly steps: readonly Step[];
  /** How many of the partition's oldest records retention has taken before the reader comes. */
  readonly expired: number;
  /** How many events the reader has seen already. */
  readonly seen: number;
  /** How many messages a fetch gives. */
  readonly fetch: number;
}

type Step =
  | { readonly relay: number; readonly does: 'begin' }
  | { readonly relay: number; readonly does: 'send'; readonly count: number }
  | { readonly relay: number; readonly does: 'note' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ relay: fc.nat(2), does: fc.constant('begin' as const) }),
  fc.record({ relay: fc.nat(2), does: fc.constant('send' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ relay: fc.nat(2), does: fc.constant('note' as const) }),
);

const world: fc.Arbitrary<World> = fc.record({
  events: fc
    .integer({ min: 1, max: 25 })
    .map((count) => Array.from({ length: count }, (_, index) => anEvent({ position: DISTANCE * (index + 1) }))),
  steps: fc.array(step, { maxLength: 40 }),
  expired: fc.nat(40),
  seen: fc.nat(25),
  fetch: fc.integer({ min: 1, max: 10 }),
});

describe('whatever relays run beside each other, die and begin again', () => {
  it('a reader sees every event once and in order, wherever it begins and whatever has expired', () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const { log, events } = relayed(drawn);
        const after = DISTANCE * Math.min(drawn.seen, events.length);

        const read = readBehind(after, log.slice(drawn.expired), drawn);

        const newest = Math.max(after, ...log.slice(drawn.expired).map((message) => placeOf(message)?.position ?? 0));
        const due = events.filter(({ position }) => position > after && position <= newest);
        expect(read.map(({ position }) => position)).toEqual(due.map(({ position }) => position));
      }),
      { numRuns: 2_000 },
    );
  });
});

/** A partition as several relays leave it, each of which believes for a while that it is alone. */
function relayed({ events, steps }: World): { log: StoredMessage[]; events: readonly PublicEvent[] } {
  const log: StoredMessage[] = [];
  let checkpoint = 0;
  const relays = new Map<number, { sequence: Sequence; next: number; sent: number }>();
  for (const each of steps) {
    if (each.does === 'begin') {
      const last = log.at(-1);
      const reached = Math.max((last && placeOf(last)?.position) ?? 0, checkpoint);
      const next = events.findIndex(({ position }) => position > checkpoint);
      const sequence = new Sequence(() => 0, [reached]);
      relays.set(each.relay, { sequence, next: next < 0 ? events.length : next, sent: checkpoint });
      continue;
    }
    const relay = relays.get(each.relay);
    if (relay === undefined) continue;
    if (each.does === 'note') {
      checkpoint = Math.max(checkpoint, relay.sent);
      continue;
    }
    const batch = events.slice(relay.next, relay.next + each.count);
    log.push(...relay.sequence.next(batch).map((event, index) => stored(event, log.length + index)));
    relay.next += batch.length;
    relay.sent = batch.at(-1)?.position ?? relay.sent;
  }
  return { log, events };
}

function stored(event: SequencedEvent, offset: number): StoredMessage {
  return asStored(toMessage(event), offset);
}

/** Reads the partition to its end, and from the store what the partition has no more. */
function readBehind(after: number, log: readonly StoredMessage[], { events, fetch }: World): PublicEvent[] {
  const read: PublicEvent[] = [];
  let reached = after;
  for (let index = 0; index < log.length; ) {
    const sifted = sift(log.slice(index, index + fetch), reached);
    read.push(...sifted.events);
    reached = sifted.reached;
    index += fetch;
    const { gap } = sifted;
    if (gap === undefined) continue;
    const missing = events.filter(({ position }) => position > reached && position <= gap.upTo);
    read.push(...missing);
    reached = gap.upTo;
    index = log.findIndex(({ offset }) => offset === gap.offset);
  }
  return read;
}
