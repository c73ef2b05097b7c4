import { isRecordTypeName, type RecordTypeName } from '@sillage/contracts';
import type { Answer, Api } from '../api.js';
import { created, type Owner } from './company.js';

/** What to ask at a route, about records of which type. */
export interface Asking {
  readonly type: RecordTypeName;
  /** Asks about one record that is there; gives the status that it alone led to. */
  readonly about?: (api: Api, id: string) => Promise<number>;
  /** Whether the record must be deleted before. */
  readonly ofDeleted?: boolean;
  /** Creates a record; gives the status that it led to. */
  readonly creating?: (api: Api, body: object) => Promise<number>;
  /** Asks for many; gives the answer, and the owners that it tells of. */
  readonly many?: (api: Api) => Promise<{ readonly answer: Answer; readonly owners: readonly Owner[] }>;
}

const ANY = { 'if-match': '*' };

/** How to ask at a route of the table. */
export function askingAt(route: string): Asking {
  const [method = '', path = ''] = route.split(' ');
  if (path === '/v1/batch') return mixedBatch();
  if (path === '/v1/events') return { type: 'prospects', many: events };
  if (path.startsWith('/v1/reports/')) return reportAsking(path);
  if (path === '/v1/clients/{id}/interactions') {
    return { type: 'clients', about: async (api, id) => (await api.get(`/v1/clients/${id}/interactions`)).status };
  }
  const [, , type = '', ...rest] = path.split('/');
  if (!isRecordTypeName(type)) throw new Error(`nobody knows how to ask at ${route}`);
  return typeAsking(type, `${method} ${rest.join('/')}`);
}

function typeAsking(type: RecordTypeName, what: string): Asking {
  const base = `/v1/${type}`;
  const status = async (answer: Promise<Answer>) => (await answer).status;
  switch (what) {
    case 'GET ':
      return { type, many: (api) => list(api, base) };
    case 'GET {id}':
      return { type, about: (api, id) => status(api.get(`${base}/${id}`)) };
    case 'GET {id}/history':
      return { type, about: (api, id) => status(api.get(`${base}/${id}/history`)) };
    case 'GET {id}/personal-data':
      return { type, about: (api, id) => status(api.get(`${base}/${id}/personal-data`)) };
    case 'POST {id}/forget':
      return { type, about: (api, id) => status(api.post(`${base}/${id}/forget`)) };
    case 'PATCH {id}':
      return { type, about: (api, id) => status(api.patch(`${base}/${id}`, { tags: ['seen'] }, '*')) };
    case 'DELETE {id}':
      return { type, about: (api, id) => status(api.call('DELETE', `${base}/${id}`, { headers: ANY })) };
    case 'POST {id}/restore':
      return { type, ofDeleted: true, about: (api, id) => status(api.post(`${base}/${id}/restore`)) };
    case 'POST ':
      return { type, creating: (api, body) => status(api.post(base, body)) };
    case 'POST batch':
      return { type, creating: (api, body) => ofLine(api.post(`${base}/batch`, { items: [body] })) };
    default:
      throw new Error(`nobody knows how to ask at ${base}: ${what}`);
  }
}

function mixedBatch(): Asking {
  const line = (operation: object) => ({ operations: [{ type: 'opportunities', ...operation }] });
  return {
    type: 'opportunities',
    about: (api, id) => ofLine(api.post('/v1/batch', line({ op: 'update', id, ifMatch: '*', body: { tags: ['x'] } }))),
    creating: (api, body) => ofLine(api.post('/v1/batch', line({ op: 'create', body }))),
  };
}

/** A batch is answered as a whole, and each of its lines. */
async function ofLine(asked: Promise<Answer>): Promise<number> {
  const { status, body } = await asked;
  return status === 200 ? body.results[0].status : status;
}

async function list(api: Api, path: string): ReturnType<NonNullable<Asking['many']>> {
  const answer = await api.get(`${path}?limit=200&count=true`);
  const items: readonly Answer['body'][] = answer.body.items ?? [];
  if (answer.status === 200 && answer.body.total !== items.length) throw new Error('the count is not that of the list');
  return { answer, owners: items.map(({ owner }) => owner) };
}

async function events(api: Api): ReturnType<NonNullable<Asking['many']>> {
  const answer = await api.get('/v1/events?limit=1000&type=sillage.prospect.created.v1');
  const items: readonly Answer['body'][] = answer.body.items ?? [];
  return { answer, owners: items.map(({ data }) => data.record.owner) };
}

function reportAsking(path: string): Asking {
  const type = path.slice('/v1/reports/'.length);
  if (!isRecordTypeName(type)) throw new Error(`no records are behind ${path}`);
  return {
    type,
    async many(api) {
      const answer = await api.get(`${path}?groupBy=owner`);
      if (answer.status !== 200) return { answer, owners: [] };
      const rows: readonly Answer['body'][] = answer.body.rows;
      const detail = await api.get(`${path}?detail=true`);
      const lines = detail.text.split('\n').filter((line) => line !== '');
      const told = lines.map((line) => JSON.parse(line).owner ?? undefined);
      const counted = rows.flatMap(({ owner, count }) => Array<Owner>(count).fill(owner ?? undefined));
      if (answer.body.totals.count !== counted.length) throw new Error('the totals are not those of the rows');
      if (counted.toSorted().join() !== told.toSorted().join()) throw new Error('rows and detail tell of others');
      return { answer, owners: counted };
    },
  };
}

/** The least that a record of a type needs, for somebody. */
export async function bodyFor(administrator: Api, type: RecordTypeName, owner: Owner): Promise<object> {
  const body = { name: `a record of ${owner ?? 'nobody'}`, ...(owner === undefined ? {} : { owner }) };
  switch (type) {
    case 'interactions': {
      const { id: clientId } = await created(administrator, 'clients', { name: 'somebody to speak to' });
      const { name: subject, ...owned } = body;
      return { kind: 'call', date: '2026-03-02T09:30:00Z', subject, clientId, ...owned };
    }
    case 'pipelines':
      return { ...body, appliesTo: 'prospects', stages: [{ key: 'new', name: 'New', probability: 10, kind: 'open' }] };
    case 'prospects':
    case 'opportunities':
    case 'accounts':
    case 'clients':
    case 'users':
    case 'teams':
      return body;
    default:
      return type satisfies never;
  }
}
