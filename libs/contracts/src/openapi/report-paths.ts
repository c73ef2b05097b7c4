import { REPORTS, type ReportName, type ReportShape } from '../reports.js';
import type { Content, Parameter, Route } from './document-types.js';
import { filterParameters } from './filters.js';
import { responseHeaders } from './headers.js';
import { capitalized } from './json-schema.js';
import { parameterRef, schemaRef } from './references.js';
import { dimensionFilter } from './report-dimensions.js';
import { exampleLine, exampleReport } from './report-examples.js';
import { reportSchemaName } from './report-schemas.js';

/** Parameters of every report, under their names among the document's components. */
export const REPORT_PARAMETERS = {
  TopRows: {
    name: 'limit',
    in: 'query',
    description: 'Only so many rows. Not with `detail=true`, which has no limit.',
    schema: { type: 'integer', minimum: 1, maximum: 10_000, examples: [10] },
  },
  ReportFormat: {
    name: 'format',
    in: 'query',
    description: 'JSON or CSV; by default what `Accept` asks for, else JSON.',
    schema: { type: 'string', enum: ['json', 'csv'], examples: ['csv'] },
  },
  Detail: {
    name: 'detail',
    in: 'query',
    description: '`true`: one row a record instead of groups, streamed, as CSV or JSON lines. Not with `groupBy`.',
    schema: { type: 'boolean', default: false, examples: [true] },
  },
} as const satisfies { [name: string]: Parameter };

export function reportRoute(report: ReportName): Route {
  const { dimensions } = REPORTS[report];
  return {
    path: `/v1/reports/${report}`,
    method: 'get',
    operationId: `report${capitalized(report)}`,
    tag: 'Reports',
    summary: `Report on ${report}`,
    description: reportFacts(REPORTS[report]),
    parameters: [
      groupByParameter(report),
      sortParameter(report),
      ...Object.keys(REPORT_PARAMETERS).map(parameterRef),
      ...dimensions.flatMap((name) => filterParameters(dimensionFilter(name))),
      parameterRef('WaitFor'),
      parameterRef('AcceptLanguage'),
    ],
    answers: {
      200: {
        description: 'The report, or the records behind it.',
        headers: responseHeaders('Sillage-Position'),
        content: reportContent(report),
      },
    },
    problems: ['views-behind'],
  };
}

function groupByParameter(report: ReportName): Parameter {
  return {
    name: 'groupBy',
    in: 'query',
    description: 'The dimensions to group by, separated by commas; without it, one row of everything.',
    style: 'form',
    explode: false,
    schema: {
      type: 'array',
      uniqueItems: true,
      items: { type: 'string', enum: REPORTS[report].dimensions },
      examples: [REPORTS[report].dimensions.slice(0, 2)],
    },
  };
}

function sortParameter(report: ReportName): Parameter {
  const names = Object.keys(REPORTS[report].measures);
  return {
    name: 'sort',
    in: 'query',
    description:
      'The measure to sort rows by, `-` in front for the greatest first; unless given, rows are in the order of their ' +
      'dimensions. Money sorts within one currency only; where there are several, 400.',
    schema: { type: 'string', enum: names.flatMap((name) => [name, `-${name}`]), examples: ['-count'] },
  };
}

function reportFacts({ dimensions, measures, detail }: ReportShape): string {
  return [
    `Dimensions: ${dimensions.join(', ')}.`,
    `Measures: ${Object.keys(measures).join(', ')}. Sums never cross currencies; in CSV each currency has a column.`,
    `With \`detail=true\` one row a record: ${detail.join(', ')}.`,
  ].join('\n\n');
}

function reportContent(report: ReportName): Content {
  const line = exampleLine(report);
  return {
    'application/json': { schema: schemaRef(reportSchemaName(report)), example: exampleReport(report) },
    'text/csv': {
      schema: { type: 'string', description: 'A header line, then one line a row or record (RFC 4180).' },
    },
    'application/x-ndjson': {
      schema: { type: 'string', description: 'With `detail=true`: one JSON object a line, one line a record.' },
      example: `${JSON.stringify(line)}\n`,
    },
  };
}
