import { fault, notUnderstood } from '@sillage/kernel';
import type { Condition, StoredCell, ViewReader } from '@sillage/view-store';
import type { Parameter, ReadScope } from '../../read-models.js';
import { ownerConditions } from '../../scope/owner-conditions.js';
import { newestAt, PROGRESS_VIEW } from '../../views/progress.js';
import { isNamed, readNames } from '../names.js';
import type { Cuboid, Report } from '../report.js';
import { coveringCuboid, groupCells, wholeOf } from './groups.js';
import { type MeasureValues, measuresOf } from './measures.js';
import { readPipelines, type StageSequence } from './pipeline-order.js';
import { parseReportQuery } from './report-query.js';
import { type Row, rowOrder } from './row-order.js';

/** A report's answer before it is written as JSON or CSV. */
export interface ReportTable {
  readonly groupBy: readonly string[];
  readonly rows: readonly Row[];
  /** Of everything that meets the filters, whatever the limit. */
  readonly totals: MeasureValues;
  /** By id of an account or client. */
  readonly names: ReadonlyMap<string, string>;
  /** The figures are those of the log up to here. */
  readonly position: number;
  /** Time of the newest event folded in, as an instant in UTC; null before the first. */
  readonly at: string | null;
}

/**
 * Answers a report from the cells of the smallest cube that has what it asks for.
 * @throws Problem `validation-failed` when a parameter is not understood, or when rows are to be sorted by amounts of
 * more than one currency.
 */
export async function readReport(
  reader: ViewReader,
  report: Report,
  tenant: string,
  parameters: readonly Parameter[],
  scope: ReadScope = {},
): Promise<ReportTable> {
  const { groupBy, conditions: asked, sort, limit } = parseReportQuery(report, parameters);
  const conditions = [...asked, ...ownerConditions(scope)];
  const cuboid = coveringCuboid(report, groupBy, conditions);
  const { cells, position, at } = await readCells(reader, cuboid, tenant, conditions);
  const { dimensions } = cuboid.cube;
  const groups = groupCells(cells, dimensions, groupBy);
  const totals = measuresOf(report, wholeOf(groups));
  // Grouped by nothing there is one row, even of nothing.
  const measured =
    groupBy.length === 0
      ? [{ values: [], measures: totals }]
      : groups.map((group) => ({ values: group.values, measures: measuresOf(report, group) }));

  // A top list of many needs the names of its few rows only; rows in their usual order need all names to be ordered.
  const isTopList = sort !== undefined && !groupBy.includes(sort.field);
  if (isTopList) refuseSeveralCurrencies(report, totals, sort.field);
  const reading = { reader, report, tenant, groupBy };
  const pipelines = await pipelinesOf(reading, valuesAt(cells, dimensions.indexOf('pipeline')));
  const namesBefore = isTopList ? new Map<string, string>() : await namesIn(reading, measured);
  const order = rowOrder({ report, groupBy, pipelines, names: namesBefore }, sort);
  const rows = measured.sort(order).slice(0, limit);
  const names = isTopList ? await namesIn(reading, rows) : namesBefore;
  return { groupBy, rows, totals, names, position, at };
}

/** The cells with the position that they are of. It is asked for first, so that no more is claimed than is there. */
async function readCells(
  reader: ViewReader,
  { cube }: Cuboid,
  tenant: string,
  conditions: readonly Condition[],
): Promise<{ cells: readonly StoredCell[]; position: number; at: string | null }> {
  const position = await reader.positionOf(tenant);
  const [[newest], cells] = await Promise.all([
    reader.get(PROGRESS_VIEW.name, tenant, [tenant]),
    reader.cells(cube.name, tenant, conditions),
  ]);
  return { cells, position, at: newestAt(newest?.document) };
}

function refuseSeveralCurrencies({ shape }: Report, totals: MeasureValues, measure: string): void {
  const value = totals[measure];
  if (value?.kind !== 'money' || value.amounts.length <= 1) return;
  const params = shape.dimensions.includes('currency') ? { field: 'currency' } : {};
  throw notUnderstood(fault('sort', 'currency-required', params));
}

/** What is being answered, from where. */
interface Reading {
  readonly reader: ViewReader;
  readonly report: Report;
  readonly tenant: string;
  readonly groupBy: readonly string[];
}

/** The pipelines among `occurring`, where the order of rows follows them. */
async function pipelinesOf(
  { reader, report, tenant, groupBy }: Reading,
  occurring: ReadonlySet<string | null>,
): Promise<readonly StageSequence[]> {
  const { view } = report;
  if (!groupBy.includes('stage') && !groupBy.includes('pipeline')) return [];
  if (view.name !== 'prospects' && view.name !== 'opportunities') return [];
  return (await readPipelines(reader, tenant, view.name)).filter(({ id }) => occurring.has(id));
}

function valuesAt(cells: readonly StoredCell[], index: number): ReadonlySet<string | null> {
  return new Set(cells.map(({ dimensions }) => dimensions[index] ?? null));
}

/** The names of the accounts and clients in rows. */
async function namesIn(
  { reader, report, tenant, groupBy }: Reading,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    groupBy.map((name, index) => {
      const kind = report.dimensions[name]?.kind;
      const ids = rows.flatMap(({ values }) => values[index] ?? []);
      return kind !== undefined && isNamed(kind) ? readNames(reader, tenant, kind, ids) : new Map<string, string>();
    }),
  );
  return new Map(found.flatMap((names) => [...names]));
}
