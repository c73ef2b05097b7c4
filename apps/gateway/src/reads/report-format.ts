import { fault, notUnderstood } from '@sillage/kernel';
import type { Parameter } from '@sillage/reporting';
import { flag } from '../edge/request-parameters.js';

export interface ReportFormat {
  readonly format: 'json' | 'csv';
  readonly detail: boolean;
  /** What is left for the report itself. */
  readonly parameters: readonly Parameter[];
}

/** How a report is to be written: `format=` decides, else the Accept header. */
export function reportFormat(given: readonly Parameter[], accept: string | undefined): ReportFormat {
  const format = only(given, 'format') ?? (accept?.includes('text/csv') ? 'csv' : 'json');
  if (format !== 'json' && format !== 'csv')
    throw notUnderstood(fault('format', 'not-in-set', { choices: 'json, csv' }));
  const detail = flag('detail', only(given, 'detail'));
  return { format, detail, parameters: given.filter(([name]) => name !== 'format' && name !== 'detail') };
}

function only(given: readonly Parameter[], wanted: string): string | undefined {
  const values = given.filter(([name]) => name === wanted).map(([, value]) => value);
  if (values.length > 1) throw notUnderstood(fault(wanted, 'given-twice'));
  return values[0];
}
