import { REPORTS } from '@sillage/contracts';
import { RECORD_VIEWS } from '../../views/record-views.js';
import { textColumn } from '../detail-column.js';
import { type Dimensions, dimensionReader } from '../dimension.js';
import { cuboidsOf, type MeasureRule, type Report } from '../report.js';

const shape = REPORTS.prospects;

const dimensions = {
  pipeline: { kind: 'pipeline', field: 'pipelineId' },
  stage: { kind: 'stage', field: 'stage' },
  source: { kind: 'keyword', field: 'source' },
  owner: { kind: 'keyword', field: 'owner' },
  createdMonth: { kind: 'month', field: 'createdAt' },
} satisfies Dimensions;

const valuesOf = dimensionReader(dimensions);

/** How many prospects there are, and how many were converted: moved into a stage that counts as won. */
export const PROSPECTS_REPORT: Report = {
  shape,
  view: RECORD_VIEWS.prospects,
  dimensions,
  // Few values each: even the last, which answers what no other does, does not grow with the prospects for ever.
  cuboids: cuboidsOf(
    'prospects',
    dimensions,
    ['pipeline', 'stage'],
    [[], ['createdMonth'], ['source', 'owner'], ['source', 'owner', 'createdMonth']],
  ),
  sums: ['count', 'converted'],
  measures: {
    count: { kind: 'count', sum: 'count' },
    converted: { kind: 'count', sum: 'converted' },
    conversionRate: { kind: 'rate', sum: 'converted', outOf: ['count'] },
  } satisfies { [measure in keyof typeof shape.measures]: MeasureRule },
  detail: shape.detail.map(textColumn),

  contributions(prospect) {
    if (prospect.deletedAt !== undefined) return [];
    return [{ dimensions: valuesOf(prospect), sums: [1n, prospect.stageKind === 'won' ? 1n : 0n] }];
  },
};
