import { join } from 'node:path';
import { encodeRequest } from '../load/encode-request.js';
import { inProject } from '../processes/project.js';
import type { Workspace } from '../processes/workspace.js';
import { sampleQueries } from '../sample/queries.js';
import { recordsByStage, sampleRecord } from '../sample/records.js';
import { type Contender, fetchJson, type SampleSize } from './contender.js';
import { complaintOfPage, complaintOfReport, complaintOfSearch } from './expectations.js';

interface Row {
  readonly id: string;
  readonly name: string;
}

interface StageRow {
  readonly stage: string;
  readonly count: number;
}

/** Starts the floor on an empty file. */
export async function startFloor(workspace: Workspace, size: SampleSize): Promise<Contender> {
  const file = join(workspace.newFolder('floor'), 'floor.db');
  const server = await workspace.start({ command: [inProject('bench/dist/floor/main.js'), file] });
  return {
    name: 'floor',
    server,
    operations: floorOperations(size),
    count: async () => {
      const rows = await fetchJson<readonly StageRow[]>(`${server.origin}/report`);
      return rows.reduce((sum, { count }) => sum + count, 0);
    },
  };
}

function floorOperations({ records, queries }: SampleSize): Contender['operations'] {
  const searches = sampleQueries(queries);
  const byStage = recordsByStage(records);
  return {
    create: {
      requests: Array.from({ length: records }, (_, index) =>
        encodeRequest({ method: 'POST', path: '/records', body: sampleRecord(index) }),
      ),
      expectedStatus: 201,
      complaint: (body) => (typeof (JSON.parse(body) as Row).id === 'string' ? undefined : 'no id'),
    },
    list: {
      requests: [encodeRequest({ method: 'GET', path: '/records' })],
      expectedStatus: 200,
      complaint: (body) => complaintOfPage(JSON.parse(body) as Row[], 50),
    },
    search: {
      requests: searches.map((query) => encodeRequest({ method: 'GET', path: `/search?q=${query.join('+')}` })),
      expectedStatus: 200,
      complaint: (body, index) => complaintOfSearch(JSON.parse(body) as Row[], searches[index] ?? ['', '']),
    },
    report: {
      requests: [encodeRequest({ method: 'GET', path: '/report' })],
      expectedStatus: 200,
      complaint: (body) => complaintOfReport(JSON.parse(body) as StageRow[], byStage),
    },
  };
}
