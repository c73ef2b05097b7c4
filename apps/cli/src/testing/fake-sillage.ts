import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isJsonObject, type JsonObject, type JsonValue, mergePatch } from '@sillage/kernel';

export interface FakeRecord {
  readonly id: string;
  readonly type: string;
  readonly key: string | undefined;
  members: JsonObject;
  revision: number;
  deleted: boolean;
}

/** What goes wrong with a request: an answer instead, or the connection is cut before or after it is carried out. */
export type Fault =
  | { readonly answer: number; readonly headers?: { readonly [name: string]: string }; readonly body?: JsonObject }
  | { readonly cut: 'before' | 'after' };

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: JsonValue | undefined;
}

/** As much of the public API as the commands use, in memory, with faults on demand. For tests. */
export class FakeSillage {
  readonly records: FakeRecord[] = [];
  readonly requests: FakeRequest[] = [];
  /** The public events, one a write. */
  readonly events: JsonObject[] = [];
  /** Asked for every request: the fault that it meets, if any. */
  faultFor: (request: FakeRequest) => Fault | undefined = () => undefined;
  /** Asked for every record to create: the problem it is refused with, if any. */
  refusalOf: (type: string, fields: JsonObject) => JsonObject | undefined = () => undefined;
  private server: Server | undefined;
  private port = 0;

  static async start(): Promise<FakeSillage> {
    const fake = new FakeSillage();
    await fake.listen();
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts again on the port that it had, with all its records. */
  async listen(): Promise<void> {
    this.server = createServer((request, response) => void this.serve(request, response));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  find(type: string, externalId: string): FakeRecord | undefined {
    return this.records.find(
      (record) => record.type === type && !record.deleted && record.members.externalId === externalId,
    );
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', this.url);
    const text = Buffer.concat(await incoming.toArray()).toString();
    const request: FakeRequest = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body: text === '' ? undefined : (JSON.parse(text) as JsonValue),
    };
    this.requests.push(request);
    const fault = this.faultFor(request);
    if (fault !== undefined && 'answer' in fault) {
      response.writeHead(fault.answer, { 'content-type': 'application/problem+json', ...fault.headers });
      response.end(JSON.stringify(fault.body ?? { status: fault.answer, code: 'made-to-fail' }));
      return;
    }
    if (fault?.cut === 'before') return void incoming.socket.destroy();
    const { status, body } = this.answer(request);
    if (fault?.cut === 'after') return void incoming.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json', 'sillage-position': String(this.events.length) });
    response.end(JSON.stringify(body));
  }

  private answer(request: FakeRequest): { readonly status: number; readonly body: JsonObject } {
    if (request.headers.authorization !== 'Bearer secret') return problem(401, 'not-authenticated');
    const [, , type = '', id] = request.path.split('/');
    const { method, body } = request;
    if (type === 'events') return { status: 200, body: this.eventPage(request.query) };
    if (method === 'GET' && id === undefined) return { status: 200, body: { items: this.list(type, request.query) } };
    if (method === 'POST' && id === 'batch' && isJsonObject(body) && Array.isArray(body.items)) {
      return { status: 200, body: { results: body.items.filter(isJsonObject).map((item) => this.create(type, item)) } };
    }
    const record = this.records.find((candidate) => candidate.id === id);
    if (record === undefined) return problem(404, 'record-not-found');
    if (record.deleted) return problem(410, 'record-deleted');
    if (method === 'GET') return { status: 200, body: shown(record) };
    if (request.headers['if-match'] !== `"${record.revision}"`) return problem(412, 'stale-revision');
    record.members = mergePatch(record.members, body ?? {}) as JsonObject;
    record.revision += 1;
    this.tell(record);
    return { status: 200, body: shown(record) };
  }

  private create(type: string, item: JsonObject): JsonObject {
    const { idempotencyKey, ...fields } = item;
    const key = typeof idempotencyKey === 'string' ? idempotencyKey : undefined;
    const first = this.records.find((record) => key !== undefined && record.key === key);
    if (first !== undefined) return { status: 201, id: first.id, revision: 0 };
    const refusal = this.refusalOf(type, fields);
    if (refusal !== undefined) return { status: Number(refusal.status), problem: refusal };
    const taken = this.find(type, String(fields.externalId));
    if (taken !== undefined) {
      return { status: 409, problem: { status: 409, code: 'external-id-taken', takenBy: taken.id } };
    }
    const id = `${type}-${this.records.length}`;
    const record = { id, type, key, members: fields, revision: 0, deleted: false };
    this.records.push(record);
    this.tell(record);
    return { status: 201, id, revision: 0 };
  }

  private list(type: string, query: URLSearchParams): readonly JsonObject[] {
    const wanted = new Set(query.getAll('externalId'));
    const deleted = query.get('deleted') === 'true';
    const any = query.get('externalId.exists') === 'true';
    return this.records
      .filter((record) => record.type === type && record.deleted === deleted)
      .filter(({ members }) => any || wanted.has(String(members.externalId)))
      .map(shown);
  }

  private eventPage(query: URLSearchParams): JsonObject {
    const after = Number(query.get('after') ?? 0);
    const items = this.events.slice(after, after + 2);
    return { items, nextPosition: after + items.length };
  }

  private tell(record: FakeRecord): void {
    const position = this.events.length + 1;
    this.events.push({ id: `event-${position}`, position, subject: `${record.type}/${record.id}` });
  }
}

function shown({ id, members, revision }: FakeRecord): JsonObject {
  return { id, ...members, revision };
}

function problem(status: number, code: string): { readonly status: number; readonly body: JsonObject } {
  return { status, body: { status, code, title: code } };
}
