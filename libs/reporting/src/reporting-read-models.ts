import { isRecordTypeName, REPORTS, type ReportName } from '@sillage/contracts';
import { Problem } from '@sillage/kernel';
import type { ViewReader } from '@sillage/view-store';
import { readList } from './lists/list.js';
import type { ViewProgress } from './projector/view-progress.js';
import type { Answer, DetailPage, DetailRequest, ListRequest, ReadModels, ReportRequest } from './read-models.js';
import { readDetail } from './reports/detail/read-detail.js';
import { readReport } from './reports/reading/read-report.js';
import { reportCsv } from './reports/reading/report-csv.js';
import { reportJson } from './reports/reading/report-json.js';
import type { Report } from './reports/report.js';
import { REPORT_DEFINITIONS } from './reports/reports.js';
import { visibleReport } from './scope/visible-report.js';

/** How long a read waits for the views, in milliseconds. */
export const LONGEST_WAIT = 2_000;

/** Answers lists and reports from one generation of the views, wherever it is kept. */
export class ReportingReadModels implements ReadModels {
  constructor(
    private readonly reader: ViewReader,
    private readonly progress: ViewProgress,
  ) {}

  async list({ type, tenant, parameters, waitFor, ...scope }: ListRequest): Promise<Answer<string>> {
    if (!isRecordTypeName(type)) throw new Problem('route-not-found');
    await this.reach(tenant, waitFor);
    return readList(this.reader, type, tenant, parameters, scope);
  }

  async report({
    report: name,
    tenant,
    parameters,
    format,
    waitFor,
    ...scope
  }: ReportRequest): Promise<Answer<string>> {
    const report = visibleReport(reportOf(name), scope);
    await this.reach(tenant, waitFor);
    const table = await readReport(this.reader, report, tenant, parameters, scope);
    const body = format === 'csv' ? reportCsv(report, table) : reportJson(report, table);
    return { body, position: table.position };
  }

  async detail({ report, waitFor, ...request }: DetailRequest): Promise<DetailPage<string>> {
    const definition = visibleReport(reportOf(report), request);
    await this.reach(request.tenant, waitFor);
    return readDetail(this.reader, definition, request);
  }

  position(tenant: string): Promise<number> {
    return this.reader.positionOf(tenant);
  }

  private async reach(tenant: string, position: number | undefined): Promise<void> {
    if (position === undefined || (await this.progress.waitFor(tenant, position, LONGEST_WAIT))) return;
    throw new Problem('views-behind', { params: { position, reached: await this.position(tenant) } });
  }
}

function reportOf(name: string): Report {
  if (!Object.hasOwn(REPORTS, name)) throw new Problem('route-not-found');
  return REPORT_DEFINITIONS[name as ReportName];
}
