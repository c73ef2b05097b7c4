import type { JsonObject } from '@sillage/kernel';
import type { Condition, ViewReader } from '@sillage/view-store';
import { meets } from '../../query/condition.js';
import { toCursor } from '../../query/cursor.js';
import type { DetailPage, DetailRequest } from '../../read-models.js';
import { ownerConditions } from '../../scope/owner-conditions.js';
import { type Dimension, valueReader } from '../dimension.js';
import { readNames } from '../names.js';
import type { Report } from '../report.js';
import { parseDetailQuery } from './detail-query.js';
import { type DetailNames, detailCsv, detailJsonLines } from './detail-rows.js';

/**
 * A page of a report's detail, one line a record: the first has the header line in CSV. A page may have few lines, or
 * none, and still be followed by another.
 * @throws Problem when a parameter, or where to continue, is not understood.
 */
export async function readDetail(
  reader: ViewReader,
  report: Report,
  { tenant, parameters, format, after, ...scope }: Omit<DetailRequest, 'report' | 'waitFor'>,
): Promise<DetailPage<string>> {
  const { query, question, months } = parseDetailQuery(report, tenant, parameters, after);
  const conditions = [...query.conditions, ...ownerConditions(scope)];
  const page = await reader.find(report.view.name, { ...query, conditions });
  const documents = page.documents.map((text) => JSON.parse(text) as JsonObject).filter(inMonths(report, months));
  const names = await namesIn(reader, tenant, report, documents);
  const body =
    format === 'csv'
      ? detailCsv(report.detail, documents, names, { header: after === undefined })
      : detailJsonLines(report.detail, documents, names);
  return { body, position: page.position, ...(page.next && { next: toCursor(question, page.next) }) };
}

function inMonths({ dimensions }: Report, months: readonly Condition[]): (document: JsonObject) => boolean {
  const tests = months.map((condition) => {
    const month = valueReader(dimensions[condition.field] as Dimension);
    return (document: JsonObject) => meets(condition, month(document));
  });
  return (document) => tests.every((test) => test(document));
}

async function namesIn(
  reader: ViewReader,
  tenant: string,
  { detail }: Report,
  documents: readonly JsonObject[],
): Promise<DetailNames> {
  const ids = (kind: 'account' | 'client') =>
    detail.flatMap((column) =>
      column.kind === kind ? documents.flatMap(({ [column.field]: id }) => (typeof id === 'string' ? [id] : [])) : [],
    );
  const [account, client] = await Promise.all([
    readNames(reader, tenant, 'account', ids('account')),
    readNames(reader, tenant, 'client', ids('client')),
  ]);
  return { account, client };
}
