import { fromMinorUnits } from '@sillage/kernel';
import { type CsvValue, csvLines } from '../../csv.js';
import { isNamed } from '../names.js';
import type { Report } from '../report.js';
import type { ReportTable } from './read-report.js';
import type { Row } from './row-order.js';

interface Column {
  readonly header: string;
  readonly value: (row: Row) => CsvValue;
}

/**
 * A report as CSV: a header line, then a line a row. An account or client has two columns (`account.id`,
 * `account.name`), a money measure one for each currency that occurs in the report (`amount.EUR`).
 */
export function reportCsv(report: Report, table: ReportTable): string {
  const columns = [...dimensionColumns(report, table), ...measureColumns(report, table)];
  return csvLines([
    columns.map(({ header }) => header),
    ...table.rows.map((row) => columns.map(({ value }) => value(row))),
  ]);
}

function dimensionColumns({ dimensions }: Report, { groupBy, names }: ReportTable): readonly Column[] {
  return groupBy.flatMap((name, index): readonly Column[] => {
    const id = ({ values }: Row) => values[index] ?? null;
    const kind = dimensions[name]?.kind;
    if (kind === undefined || !isNamed(kind)) return [{ header: name, value: id }];
    return [
      { header: `${name}.id`, value: id },
      { header: `${name}.name`, value: (row) => names.get(id(row) ?? '') ?? null },
    ];
  });
}

function measureColumns({ measures }: Report, { totals }: ReportTable): readonly Column[] {
  return Object.keys(measures).flatMap((name): readonly Column[] => {
    const whole = totals[name];
    if (whole?.kind !== 'money') return [{ header: name, value: (row) => scalar(row, name) }];
    return whole.amounts.map(({ currency }) => ({
      header: `${name}.${currency}`,
      value: (row) => amountIn(row, name, currency),
    }));
  });
}

function scalar({ measures }: Row, name: string): number | null {
  const value = measures[name];
  return value === undefined || value.kind === 'money' ? null : value.value;
}

function amountIn({ measures }: Row, name: string, currency: string): string | null {
  const value = measures[name];
  const amount =
    value?.kind === 'money' ? value.amounts.find((candidate) => candidate.currency === currency) : undefined;
  return amount === undefined ? null : fromMinorUnits(amount.minor, currency);
}
