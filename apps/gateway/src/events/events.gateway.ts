import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { PublicEvent } from '@sillage/contracts';
import { Publisher } from '@sillage/event-feed';
import { BEGINNING, type EventLog } from '@sillage/event-store';
import { fault, notUnderstood, Problem } from '@sillage/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { identityOf } from '../edge/authentication.js';
import { knownParameters } from '../edge/request-parameters.js';
import type { Access } from '../permission/access.js';
import { accessOf, grantOf } from '../permission/authorization.js';
import { Reach } from '../permission/reach.js';
import { visibleEvents } from '../permission/visible-events.js';
import { streamEvents } from './event-stream.js';

/** The token of the log that past events are read from. */
export const EVENT_LOG = Symbol('EventLog');

const DEFAULT_LIMIT = 100;
const MOST_EVENTS = 1_000;

/** What of a tenant's events a subscriber wants. */
export interface EventSelection {
  readonly tenant: string;
  /** A public event type, such as `sillage.opportunity.won.v1`; all when there is none. */
  readonly type: string | undefined;
}

/** Gives a tenant's public events, from the first one on. */
@Injectable()
export class EventsGateway implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly publisher: Publisher,
    private readonly reach: Reach,
  ) {}

  /** Ends the event streams, which would keep the server open for ever. */
  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** One page as JSON, or everything that is and will be as server-sent events. */
  async events(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { after, type, limit } = knownParameters(request, 'after', 'type', 'limit');
    const selection = { tenant: identityOf(request).tenant, type };
    const last = lastEventId(request);
    if (request.headers.accept?.includes('text/event-stream')) {
      if (limit !== undefined) throw notUnderstood(fault('limit', 'unknown-parameter'));
      const start = last ?? position('after', after);
      const access = this.accessWhenever(request);
      return streamEvents(reply, this.stopping.signal, (signal) => this.follow(start, selection, access, signal));
    }
    const start = position('after', after);
    const stored = await this.log.readAll({ after: start, limit: pageSize(limit), tenant: selection.tenant });
    const items = await this.select(selection, accessOf(request), stored);
    const nextPosition = stored.at(-1)?.position ?? start;
    return reply.header('sillage-position', String(nextPosition)).send({ items, nextPosition });
  }

  private async *follow(
    after: number,
    selection: EventSelection,
    access: () => Promise<Access>,
    signal: AbortSignal,
  ): AsyncIterable<readonly PublicEvent[]> {
    for await (const stored of this.log.subscribe({ after, batchSize: MOST_EVENTS, signal })) {
      const own = stored.filter(({ metadata }) => metadata.tenant === selection.tenant);
      if (own.length > 0) yield await this.select(selection, await access(), own);
    }
  }

  /** A stream may last for days, in which people change their teams. */
  private accessWhenever(request: FastifyRequest): () => Promise<Access> {
    const [identity, grant] = [identityOf(request), grantOf(request)];
    if (grant === undefined) throw new Problem('not-allowed');
    return () => this.reach.access(identity, grant);
  }

  private async select(
    { type }: EventSelection,
    access: Access,
    stored: Parameters<Publisher['publish']>[0],
  ): Promise<readonly PublicEvent[]> {
    const events = visibleEvents(access, await this.publisher.publish(stored));
    return type === undefined ? events : events.filter((event) => event.type === type);
  }
}

/** What an event stream goes on behind. Read also where there is none, so that it is refused when it is no position. */
function lastEventId({ headers }: FastifyRequest): number | undefined {
  const id = headers['last-event-id'];
  return id === undefined ? undefined : position('Last-Event-ID', String(id));
}

function position(name: string, text: string | undefined): number {
  if (text === undefined) return BEGINNING;
  const value = Number(text);
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(value)) throw notUnderstood(fault(name, 'wrong-form'));
  return value;
}

function pageSize(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (!/^\d{1,9}$/.test(text)) throw notUnderstood(fault('limit', 'wrong-type', { expected: 'number' }));
  if (limit < 1) throw notUnderstood(fault('limit', 'too-small', { minimum: 1 }));
  if (limit > MOST_EVENTS) throw notUnderstood(fault('limit', 'too-large', { maximum: MOST_EVENTS }));
  return limit;
}
