import { compileSourceCount, type FilteredView } from './compile-query.js';
import type { Connection } from './connection.js';
import type { FieldLayout } from './layout.js';
import {
  type CountedSource,
  inOwnOrder,
  isSame,
  MANY,
  type Plan,
  planInOrder,
  planUnordered,
  type Source,
  sourcesOf,
} from './plan.js';

/** Chooses how to read a page in the order of a sortable field, or in the view's own order without one. */
export function choosePagePlan(connection: Connection, view: FilteredView, sortedBy: FieldLayout | undefined): Plan {
  const walk = sortedBy ? orderOf(view, sortedBy) : inOwnOrder(view.filter);
  const sources = sourcesOf(view.filter);
  // When all that is asked for lies in the order itself, there is nothing to choose.
  const counted = sources.every((source) => isSame(source, walk)) ? [] : count(connection, view, sources);
  return planInOrder(walk, counted);
}

/** Chooses how to count documents. */
export function chooseCountPlan(connection: Connection, view: FilteredView): Plan {
  const sources = sourcesOf(view.filter);
  // The only one is all there is to count.
  const [only] = sources;
  if (only && sources.length === 1) return planUnordered([{ source: only, count: MANY + 1 }]);
  return planUnordered(count(connection, view, sources));
}

function orderOf({ filter }: FilteredView, field: FieldLayout): Source {
  return {
    of: 'field',
    filter: filter.columns.find((columns) => columns.field === field) ?? { field, conditions: [] },
  };
}

function count(connection: Connection, view: FilteredView, sources: readonly Source[]): readonly CountedSource[] {
  return sources.map((source) => ({
    source,
    count: Number(connection.value(compileSourceCount(view, source, MANY + 1))),
  }));
}
