import { HIDDEN_FIELDS } from '../access/hidden-fields.js';
import { ROLES } from '../access/roles.js';
import { type MeasureKind, REPORT_NAMES, REPORTS, type ReportName } from '../reports.js';
import type { JsonSchema } from './document-types.js';
import { CURRENCY_PATTERN, capitalized } from './json-schema.js';
import { schemaRef } from './references.js';
import { dimensionSchema } from './report-dimensions.js';

export function reportSchemaName(report: ReportName): string {
  return `${capitalized(report)}Report`;
}

/** The answer of each report, by its name in the document. */
export function reportSchemas(): { readonly [name: string]: JsonSchema } {
  const reports = REPORT_NAMES.map((report) => [reportSchemaName(report), reportSchema(report)]);
  return { ...Object.fromEntries(reports), Sum: SUM };
}

/** Sums have more digits than one amount may have. */
const SUM: JsonSchema = {
  type: 'object',
  description: 'A sum within one currency.',
  required: ['value', 'currency'],
  properties: {
    value: { type: 'string', pattern: '^-?(0|[1-9]\\d*)(\\.\\d+)?$', examples: ['1500.00'] },
    currency: { type: 'string', pattern: CURRENCY_PATTERN, examples: ['EUR'] },
  },
};

const MEASURES: { readonly [K in MeasureKind]: JsonSchema } = {
  count: { type: 'integer', minimum: 0 },
  rate: { type: ['number', 'null'], minimum: 0, maximum: 1, description: 'Between 0 and 1; null of nothing' },
  money: {
    type: 'array',
    description: 'One sum a currency, sorted by currency; empty when no record has an amount',
    items: schemaRef('Sum'),
  },
};

function reportSchema(report: ReportName): JsonSchema {
  const { dimensions, measures } = REPORTS[report];
  const kinds: readonly [string, MeasureKind][] = Object.entries(measures);
  const measured = Object.fromEntries(kinds.map(([name, kind]) => [name, MEASURES[kind]]));
  const required = Object.keys(measured).filter((name) => !hiddenFromSome(report).includes(name));
  const grouped = Object.fromEntries(dimensions.map((name) => [name, dimensionSchema(name)]));
  const row: JsonSchema = {
    type: 'object',
    description: 'The dimensions of `groupBy`, null for what has none, and the measures that the role sees.',
    required,
    properties: { ...grouped, ...measured },
  };
  return {
    type: 'object',
    required: ['groupBy', 'rows', 'totals', 'position', 'at'],
    properties: {
      groupBy: { type: 'array', items: { type: 'string', enum: dimensions } },
      rows: { type: 'array', items: row },
      totals: { type: 'object', required, properties: measured },
      position: { type: 'integer', minimum: 0, description: 'Up to which event the figures are' },
      at: { type: 'string', format: 'date-time', description: 'When the report was made' },
    },
  };
}

/** Measures that are absent from the answer to some role. */
function hiddenFromSome(report: ReportName): readonly string[] {
  return ROLES.flatMap((role) => HIDDEN_FIELDS[role][`reports/${report}`] ?? []);
}
