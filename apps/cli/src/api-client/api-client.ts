import type { RecordTypeName } from '@sillage/contracts';
import type { JsonObject } from '@sillage/kernel';
import { Failure } from '../failure.js';
import {
  type ApiProblem,
  type ApiRecord,
  type EventPage,
  eventPageIn,
  type ItemResult,
  itemResultsIn,
  problemOf,
  recordIn,
  recordsIn,
  unexpected,
} from './answers.js';
import type { BackOff } from './back-off.js';
import type { Connection } from './connection.js';
import { type CreateResult, createPatiently, type NewRecord } from './create-patiently.js';
import { type EventFilter, followEvents, type StreamedEvent } from './event-stream.js';
import { externalIdQueries } from './external-id-queries.js';
import { type Attempt, PATIENCE, type Patience, PatientRequests, ServerAway } from './patient-requests.js';
import { WritePositions } from './positions.js';
import { type ApiRequest, type ApiResponse, Transport } from './transport.js';

export interface FindOptions {
  /** Only records that are deleted, instead of only those that are not. */
  readonly deleted?: boolean;
  /** Waits until the views show what this client has written of the type. */
  readonly seeOwnWrites?: boolean;
}

export type ChangeResult = { readonly record: ApiRecord } | { readonly problem: ApiProblem };

/** A server that has just been started may take so long; one that is not there need not be waited for. */
const FIRST_CONTACT: BackOff = { first: 100, longest: 1_000, giveUpAfter: 3_000 };

/** What the commands ask of the public API. */
export class ApiClient {
  private readonly transport: Transport;
  private readonly requests: PatientRequests;
  private readonly written = new WritePositions();

  constructor(connection: Connection, patience: Partial<Patience> = {}) {
    this.transport = new Transport(connection);
    this.requests = new PatientRequests(this.transport, { ...PATIENCE, ...patience });
  }

  /** @throws Failure when no Sillage answers there, or not to this token. */
  async greet(): Promise<void> {
    try {
      await this.list('/v1/pipelines?limit=1', {}, FIRST_CONTACT);
    } catch (error) {
      if (!(error instanceof ServerAway)) throw error;
      throw new Failure(`${error.message}: start one with "npm start", or give another --url`);
    }
  }

  /** The records of a type that have one of these external ids, in any order. */
  async findByExternalId(
    type: RecordTypeName,
    externalIds: readonly string[],
    options: FindOptions = {},
  ): Promise<readonly ApiRecord[]> {
    const headers = options.seeOwnWrites ? this.written.waitFor(type) : {};
    const which = options.deleted ? '&deleted=true' : '';
    const found = await Promise.all(
      externalIdQueries(externalIds).map((query) => this.list(`/v1/${type}?${query}${which}&limit=200`, headers)),
    );
    return found.flat();
  }

  /** Whether any record of a type, deleted or not, has an external id. */
  async hasExternalIds(type: RecordTypeName): Promise<boolean> {
    const headers = this.written.waitFor(type);
    const found = await Promise.all(
      ['', '&deleted=true'].map((which) => this.list(`/v1/${type}?externalId.exists=true${which}&limit=1`, headers)),
    );
    return found.flat().length > 0;
  }

  /** The record as it is now; undefined when there is none, or none any more. */
  async get(type: RecordTypeName, id: string): Promise<ApiRecord | undefined> {
    const response = await this.requests.answer({ method: 'GET', path: `/v1/${type}/${encodeURIComponent(id)}` });
    if (response.status === 404 || response.status === 410) return undefined;
    if (response.status !== 200) throw unexpected(response);
    return recordIn(response.body);
  }

  /** Creates at most 200 records, each on its own; the results are in the order of the items. */
  createMany(type: RecordTypeName, items: readonly NewRecord[]): Promise<readonly CreateResult[]> {
    return createPatiently(items, {
      patiently: (attempt) => this.requests.patiently(attempt),
      send: (some) => this.sendCreates(type, some),
      find: (id) => this.get(type, id),
    });
  }

  /** Changes a record that is at this revision (a merge patch, RFC 7396). */
  async change(type: RecordTypeName, record: ApiRecord, patch: JsonObject): Promise<ChangeResult> {
    const path = `/v1/${type}/${encodeURIComponent(record.id)}`;
    const headers = { 'if-match': `"${record.revision}"`, 'content-type': 'application/merge-patch+json' };
    const response = await this.requests.answer({ method: 'PATCH', path, headers, body: patch });
    if (response.status !== 200) return { problem: problemOf(response) };
    this.remember(type, response);
    return { record: recordIn(response.body) };
  }

  /** The public events behind a position, oldest first. */
  async eventsAfter(position: string, filter: EventFilter = {}): Promise<EventPage> {
    const query = new URLSearchParams({ after: position, limit: '1000', ...filter });
    const response = await this.requests.answer({ method: 'GET', path: `/v1/events?${query}` });
    if (response.status !== 200) throw unexpected(response);
    return eventPageIn(response.body);
  }

  /** The public events behind a position as they happen, for ever: a lost stream is opened again behind its last event. */
  follow(position: string, filter: EventFilter = {}): AsyncIterable<StreamedEvent> {
    return followEvents(this.requests, this.transport, position, filter);
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private async list(
    path: string,
    headers: ApiRequest['headers'] = {},
    backOff?: BackOff,
  ): Promise<readonly ApiRecord[]> {
    const response = await this.requests.answer({ method: 'GET', path, headers }, backOff);
    if (response.status !== 200) throw unexpected(response);
    return recordsIn(response.body);
  }

  private async sendCreates(
    type: RecordTypeName,
    items: readonly NewRecord[],
  ): Promise<Attempt<readonly ItemResult[]>> {
    const body = { items: items.map(({ fields, idempotencyKey }) => ({ ...fields, idempotencyKey })) };
    const attempt = await this.requests.attempt({ method: 'POST', path: `/v1/${type}/batch`, body });
    if (!('done' in attempt)) return attempt;
    if (attempt.done.status !== 200) throw unexpected(attempt.done);
    this.remember(type, attempt.done);
    return { done: itemResultsIn(attempt.done.body) };
  }

  private remember(type: RecordTypeName, { headers }: ApiResponse): void {
    this.written.note(type, headers['sillage-position']);
  }
}
