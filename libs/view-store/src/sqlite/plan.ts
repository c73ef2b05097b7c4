import type { ColumnFilter, CompiledFilter } from './compile-filter.js';
import { ALL_KEYS } from './document-key.js';

/** What can name the documents that meet a part of a filter without looking at the documents. */
export type Source =
  /** The index of the view's own order, for all documents. */
  | { readonly of: 'order' }
  /** The full-text index, for the tokens and the range of keys. */
  | { readonly of: 'terms' }
  /** The index of a sortable field, for the conditions on its columns. */
  | { readonly of: 'field'; readonly filter: ColumnFilter };

/** A source and how many documents it names, counted no further than just above `MANY`. */
export interface CountedSource {
  readonly source: Source;
  readonly count: number;
}

/** How a statement goes about a filter. What no source of the plan answers is asked about each document that comes. */
export interface Plan {
  /** Gives the documents one by one: in the order that is asked for, or to be sorted. */
  readonly drive: Source;
  readonly gives: 'in-order' | 'unsorted';
  /** Are read first, as sets of keys that a document's must be in. */
  readonly sets: readonly Source[];
}

/** So few documents are rather read and sorted than looked for in the order of the list. */
const FEW = 1_000;

/** Up to this size, a set of keys is cheaper to make than to ask about one document after the other. */
export const MANY = 65_536;

const EVERYTHING: CountedSource = { source: { of: 'order' }, count: MANY + 1 };

/** The sources that say anything about a filter. */
export function sourcesOf(filter: CompiledFilter): readonly Source[] {
  const { match, keys, columns } = filter;
  const fields = columns.filter(isSeekable).map((filter): Source => ({ of: 'field', filter }));
  return match.matchesEverything && keys.range === ALL_KEYS ? fields : [inOwnOrder(filter), ...fields];
}

/** What gives the documents of a filter in the view's own order: the full-text index where it leaves some out. */
export function inOwnOrder({ match }: CompiledFilter): Source {
  return { of: match.matchesEverything ? 'order' : 'terms' };
}

/**
 * Documents in the order of `walk` until a page is full, unless a source names so few that they are better read whole.
 * So a page costs about the same however many documents there are: what is rare is not looked for along the order, and
 * what is frequent is not sorted.
 */
export function planInOrder(walk: Source, counted: readonly CountedSource[]): Plan {
  const smallest = smallestOf(counted);
  if (smallest && smallest.count <= FEW) return { drive: smallest.source, gives: 'unsorted', sets: [] };
  return { drive: walk, gives: 'in-order', sets: setsBeside(walk, counted) };
}

/** Documents in any order, for counting them: those of the source that names the fewest. */
export function planUnordered(counted: readonly CountedSource[]): Plan {
  const { source: drive, count } = smallestOf(counted) ?? EVERYTHING;
  return { drive, gives: 'unsorted', sets: count <= FEW ? [] : setsBeside(drive, counted) };
}

function setsBeside(drive: Source, counted: readonly CountedSource[]): readonly Source[] {
  return counted.filter(({ source, count }) => !isSame(source, drive) && count <= MANY).map(({ source }) => source);
}

function smallestOf(counted: readonly CountedSource[]): CountedSource | undefined {
  return [...counted].sort((one, other) => one.count - other.count)[0];
}

export function isSame(one: Source, other: Source): boolean {
  return one.of === 'field' && other.of === 'field' ? one.filter.field === other.filter.field : one.of === other.of;
}

/** True when the index of the field leads to the documents: a condition names values of its first column. */
function isSeekable({ field, conditions }: ColumnFilter): boolean {
  return (
    field.index !== undefined &&
    conditions.some(({ column, condition }) => column === field.columns[0] && condition.operator !== 'not-in')
  );
}
