import { fault, notUnderstood } from '@sillage/kernel';
import type { Condition, StoredCell, ViewReader } from '@sillage/view-store';
import type { ViewProgress } from '../../projector/view-progress.js';
import type { Parameter } from '../../read-models.js';
import { newestAt, PROGRESS_VIEW } from '../../views/progress.js';
import { isNamed, readNames } from '../names.js';
import type { Cuboid, Report } from '../report.js';
import { coveringCuboid, groupCells } from './groups.js';
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
  progress: ViewProgress,
  report: Report,
  tenant: string,
  parameters: readonly Parameter[],
): Promise<ReportTable> {
  const { groupBy, conditions, sort, limit } = parseReportQuery(report, parameters);
  const cuboid = coveringCuboid(report, groupBy, conditions);
  const { cells, position, at } = await readCells(reader, progress, cuboid, tenant, conditions);
  const { dimensions } = cuboid.cube;
  const measured = groupCells(cells, dimensions, groupBy).map((group) => ({
    values: group.values,
    measures: measuresOf(report, group),
  }));
  const [whole] = groupCells(cells, dimensions, []);
  const totals = measuresOf(report, whole ?? { sums: new Map() });
  const groups = groupBy.length === 0 ? [{ values: [], measures: totals }] : measured;

  // A top list of many needs the names of its few rows only; rows in their usual order need all names to be ordered.
  const isTopList = sort !== undefined && !groupBy.includes(sort.field);
  if (isTopList) refuseSeveralCurrencies(totals, sort.field);
  const pipelines = await pipelinesOf(reader, report, tenant, groupBy, cells, dimensions);
  const nameless = new Map<string, string>();
  const namesFor = (rows: readonly Row[]) => namesIn(reader, report, tenant, groupBy, rows);
  const order = { report, groupBy, pipelines, names: isTopList ? nameless : await namesFor(groups) };
  const rows = groups.sort(rowOrder(order, sort)).slice(0, limit);
  const names = isTopList ? await namesFor(rows) : order.names;
  return { groupBy, rows, totals, names, position, at };
}

/**
 * The cells with the position that they are of. It is asked for first and all at once: a store that answers in the
 * process then answers from one state, and any other has at least what is claimed.
 */
async function readCells(
  reader: ViewReader,
  progress: ViewProgress,
  { cube }: Cuboid,
  tenant: string,
  conditions: readonly Condition[],
): Promise<{ cells: readonly StoredCell[]; position: number; at: string | null }> {
  const { position } = progress;
  const [[newest], cells] = await Promise.all([
    reader.get(PROGRESS_VIEW.name, tenant, [tenant]),
    reader.cells(cube.name, tenant, conditions),
  ]);
  return { cells, position, at: newestAt(newest?.document) };
}

function refuseSeveralCurrencies(totals: MeasureValues, measure: string): void {
  const value = totals[measure];
  if (value?.kind !== 'money' || value.amounts.length <= 1) return;
  const currencies = value.amounts.map(({ currency }) => currency).join(', ');
  throw notUnderstood(fault('sort', 'currency-required', { field: measure, choices: currencies }));
}

/** The pipelines that occur, where the order of rows follows them. */
async function pipelinesOf(
  reader: ViewReader,
  report: Report,
  tenant: string,
  groupBy: readonly string[],
  cells: readonly StoredCell[],
  dimensions: readonly string[],
): Promise<readonly StageSequence[]> {
  const { view } = report;
  if (!groupBy.includes('stage') && !groupBy.includes('pipeline')) return [];
  if (view.name !== 'prospects' && view.name !== 'opportunities') return [];
  const index = dimensions.indexOf('pipeline');
  const occurring = new Set(cells.map((cell) => cell.dimensions[index]));
  return (await readPipelines(reader, tenant, view.name)).filter(({ id }) => occurring.has(id));
}

async function namesIn(
  reader: ViewReader,
  { dimensions }: Report,
  tenant: string,
  groupBy: readonly string[],
  rows: readonly Row[],
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    groupBy.map((name, index) => {
      const { kind } = dimensions[name] ?? {};
      const ids = rows.flatMap(({ values }) => values[index] ?? []);
      return kind !== undefined && isNamed(kind) ? readNames(reader, tenant, kind, ids) : new Map<string, string>();
    }),
  );
  return new Map(found.flatMap((names) => [...names]));
}
