import { encodeRequest } from '../load/encode-request.js';
import type { Workspace } from '../processes/workspace.js';
import { sampleQueries } from '../sample/queries.js';
import { recordsByStage, type SampleRecord, sampleRecord } from '../sample/records.js';
import { type Contender, fetchJson, type SampleSize } from './contender.js';
import {
  complaintOfPage,
  complaintOfRecord,
  complaintOfReport,
  complaintOfSearch,
  type KeptRecord,
} from './expectations.js';
import { startSillageServer } from './sillage-server.js';

const CURRENCY = 'EUR';

interface Opportunity {
  readonly name: string;
  readonly owner: string;
  readonly amount: { readonly value: string; readonly currency: string };
  readonly stage: string;
}

interface List {
  readonly items: readonly Opportunity[];
}

interface Report {
  readonly rows: readonly { readonly stage: string; readonly count: number }[];
  readonly totals: { readonly count: number };
}

/** Starts Sillage on an empty data directory. */
export async function startSillage(workspace: Workspace, size: SampleSize, profileInto?: string): Promise<Contender> {
  const dataDirectory = workspace.newFolder('sillage');
  const { server, token } = await startSillageServer(workspace, { dataDirectory, profileInto });
  const url = `${server.origin}/v1/reports/opportunities?groupBy=stage`;
  return {
    name: 'Sillage',
    server,
    operations: sillageOperations(token, size),
    count: async () => (await fetchJson<Report>(url, token)).totals.count,
  };
}

/** Each operation as a front-end asks for it. */
export function sillageOperations(token: string, { records, queries }: SampleSize): Contender['operations'] {
  const searches = sampleQueries(queries);
  const byStage = recordsByStage(records);
  const get = (path: string): Buffer => encodeRequest({ method: 'GET', path, token });
  return {
    create: {
      requests: Array.from({ length: records }, (_, index) =>
        encodeRequest({ method: 'POST', path: '/v1/opportunities', token, body: toOpportunity(sampleRecord(index)) }),
      ),
      expectedStatus: 201,
      complaint: (body, index) =>
        complaintOfRecord(fromOpportunity(JSON.parse(body) as Opportunity), sampleRecord(index)),
    },
    list: {
      requests: [get('/v1/opportunities?limit=50')],
      expectedStatus: 200,
      complaint: (body) => complaintOfPage((JSON.parse(body) as List).items, 50),
    },
    search: {
      requests: searches.map((query) => get(`/v1/opportunities?q=${query.join('+')}&limit=50`)),
      expectedStatus: 200,
      complaint: (body, index) => complaintOfSearch((JSON.parse(body) as List).items, searches[index] ?? ['', '']),
    },
    report: {
      requests: [get('/v1/reports/opportunities?groupBy=stage')],
      expectedStatus: 200,
      complaint: (body) => complaintOfReport((JSON.parse(body) as Report).rows, byStage),
    },
  };
}

export function toOpportunity({ amount, ...record }: SampleRecord): Opportunity {
  return { ...record, amount: { value: (amount / 100).toFixed(2), currency: CURRENCY } };
}

function fromOpportunity({ amount, ...record }: Opportunity): KeptRecord {
  return { ...record, amount: Math.round(Number(amount.value) * 100) };
}
