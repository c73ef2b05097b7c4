import { fold, type Sort } from '@sillage/view-store';
import type { Dimension, DimensionValues } from '../dimension.js';
import type { Report } from '../report.js';
import type { MeasureValues } from './measures.js';
import type { StageSequence } from './pipeline-order.js';

/** A row of a report before it is written. */
export interface Row {
  readonly values: DimensionValues;
  readonly measures: MeasureValues;
}

/** What the order of rows follows beside their values. */
export interface OrderBy {
  readonly report: Report;
  readonly groupBy: readonly string[];
  /** Those that occur, in their order. */
  readonly pipelines: readonly StageSequence[];
  /** By id of an account or client. */
  readonly names: ReadonlyMap<string, string>;
}

type Compare = (a: Row, b: Row) => number;

/**
 * The order of rows: by the sort that is asked for, then by each dimension in turn. Stages and pipelines go by the order
 * of pipelines, accounts and clients by name. What has no value comes last, whichever the direction.
 */
export function rowOrder(order: OrderBy, sort: Sort | undefined): Compare {
  const byDimensions = order.groupBy.map((_, index) => dimensionOrder(order, index, 1));
  const compares = sort === undefined ? byDimensions : [sortOrder(order, sort), ...byDimensions];
  return (a, b) => {
    for (const compare of compares) {
      const result = compare(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function sortOrder(order: OrderBy, { field, descending }: Sort): Compare {
  const direction = descending ? -1 : 1;
  const index = order.groupBy.indexOf(field);
  return index < 0 ? (a, b) => compareMeasures(a, b, field, direction) : dimensionOrder(order, index, direction);
}

function compareMeasures(a: Row, b: Row, measure: string, direction: 1 | -1): number {
  const [one, other] = [magnitude(a, measure), magnitude(b, measure)];
  if (one === undefined || other === undefined) return nothingLast(one, other);
  return one === other ? 0 : one < other ? -direction : direction;
}

/** What a measure sorts by: an amount only ever stands beside amounts of its own currency. */
function magnitude({ measures }: Row, measure: string): number | bigint | undefined {
  const value = measures[measure];
  return value?.kind === 'money' ? value.amounts[0]?.minor : (value?.value ?? undefined);
}

function dimensionOrder({ report, groupBy, pipelines, names }: OrderBy, index: number, direction: 1 | -1): Compare {
  const { kind } = report.dimensions[groupBy[index] ?? ''] as Dimension;
  const compared =
    (compare: (one: string, other: string, a: Row, b: Row) => number): Compare =>
    (a, b) => {
      const [one, other] = [a.values[index] ?? undefined, b.values[index] ?? undefined];
      if (one === undefined || other === undefined) return nothingLast(one, other);
      return one === other ? 0 : direction * compare(one, other, a, b);
    };
  switch (kind) {
    case 'keyword':
    case 'month':
    case 'currency':
      return compared(compareTexts);
    case 'account':
    case 'client':
      return compared(
        (one, other) => compareTexts(names.get(one) ?? '', names.get(other) ?? '') || compareTexts(one, other),
      );
    case 'pipeline': {
      const rank = ranks(pipelines.map(({ id }) => id));
      return compared((one, other) => rank(one) - rank(other) || compareTexts(one, other));
    }
    case 'stage': {
      const rank = stageRank(pipelines, groupBy, index);
      return compared((one, other, a, b) => rank(one, a) - rank(other, b) || compareTexts(one, other));
    }
    default:
      return kind satisfies never;
  }
}

/** Within one pipeline, where rows are grouped by it first, its own order; else that in which pipelines name stages. */
function stageRank(pipelines: readonly StageSequence[], groupBy: readonly string[], index: number) {
  const pipelineAt = groupBy.indexOf('pipeline');
  const overall = ranks([...new Set(pipelines.flatMap(({ stages }) => stages))]);
  const ofEach = new Map(pipelines.map(({ id, stages }) => [id, ranks(stages)]));
  return (stage: string, { values }: Row): number => {
    const pipeline = pipelineAt >= 0 && pipelineAt < index ? ofEach.get(values[pipelineAt] ?? '') : undefined;
    return (pipeline ?? overall)(stage);
  };
}

function ranks(sequence: readonly string[]): (value: string) => number {
  const places = new Map(sequence.map((value, place) => [value, place]));
  return (value) => places.get(value) ?? sequence.length;
}

/** As lists sort: case and accents come second. */
function compareTexts(one: string, other: string): number {
  const [folded, otherFolded] = [fold(one), fold(other)];
  if (folded !== otherFolded) return folded < otherFolded ? -1 : 1;
  return one === other ? 0 : one < other ? -1 : 1;
}

function nothingLast(one: unknown, other: unknown): number {
  return one === other ? 0 : one === undefined ? 1 : -1;
}
