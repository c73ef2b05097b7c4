import type { FilterFields, FilterKind } from '../query/filter-field.js';
import type { DimensionKind } from './dimension.js';
import type { Report } from './report.js';

const FILTER_KINDS: { readonly [kind in DimensionKind]: FilterKind } = {
  keyword: 'keyword',
  stage: 'keyword',
  pipeline: 'reference',
  account: 'reference',
  client: 'reference',
  month: 'month',
  currency: 'currency',
};

/** What a report may be filtered by: the dimensions that the API names, with the operators of lists. */
export function dimensionFilters({ shape, dimensions }: Report): FilterFields {
  const named = Object.entries(dimensions).filter(([name]) => shape.dimensions.includes(name));
  return Object.fromEntries(named.map(([name, { kind }]) => [name, { kind: FILTER_KINDS[kind] }]));
}
