import type { ColumnCondition, CompiledFilter } from './compile-filter.js';
import { ALL_KEYS, type KeyRange } from './document-key.js';
import type { Column, ViewLayout } from './layout.js';
import type { PagePart } from './page-parts.js';
import { isSame, type Plan, type Source } from './plan.js';
import { join, raw, type Sql, sql } from './sql.js';

/**
 * Compiles queries into statements of SQLite. The text of a statement comes from the view's declaration alone and is
 * the same for all queries of one shape; what a query asks for is in the values.
 */
export interface FilteredView {
  readonly layout: ViewLayout;
  readonly filter: CompiledFilter;
}

/** How many documents a source names, counting no further than `atMost`: one row of one column. */
export function compileSourceCount(view: FilteredView, source: Source, atMost: number): Sql {
  return sql`SELECT count(*) FROM (${keysOf(view, source)} LIMIT ${atMost})`;
}

/** How many documents match, counting no further than `atMost`: one row of one column. */
export function compileCount(view: FilteredView, plan: Plan, atMost: number): Sql {
  const { from, where } = matching(view, plan, { read: hasChecksOnColumns(view, plan) });
  return sql`SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${atMost})`;
}

export interface PageRequest {
  readonly part: PagePart;
  /** Of the field that is sorted by; none for the view's own order. */
  readonly columns: readonly Column[];
  readonly descending: boolean;
  readonly limit: number;
}

/** The documents of a part of a list: the columns that are sorted by, then the key as text, then the document. */
export function compilePage(view: FilteredView, plan: Plan, { part, columns, descending, limit }: PageRequest): Sql {
  const { from, where, key } = matching(view, plan, { read: true });
  const names = columns.map(({ name }) => raw(`d.${name}`));
  const selected = join([...names, raw('CAST(d.key AS TEXT), d.document')], ', ');
  const direction = raw(descending ? 'DESC' : 'ASC');
  const order = [...names, key].map((column) => sql`${column} ${direction}`);
  return sql`SELECT ${selected} FROM ${from} WHERE ${where} AND ${part(key)} ORDER BY ${join(order, ', ')} LIMIT ${limit}`;
}

interface Matching {
  readonly from: Sql;
  readonly where: Sql;
  /** The key of the document, from where the order of the statement comes. */
  readonly key: Sql;
}

function matching(view: FilteredView, plan: Plan, { read }: { readonly read: boolean }): Matching {
  const { layout, filter } = view;
  const { drive } = plan;
  const key = raw(drive.of === 'terms' ? 't.rowid' : 'd.key');
  const where: Sql[] = [];
  let from: Sql;
  if (drive.of === 'terms') {
    from = sql`${raw(layout.terms)}(${filter.match.toString()}) AS t`;
    // CROSS JOIN keeps the order of the tables.
    if (read) from = sql`${from} CROSS JOIN ${raw(layout.documents)} AS d ON d.key = t.rowid`;
  } else if (drive.of === 'order') {
    from = inOrder(layout);
    where.push(ofTenant(filter));
  } else {
    from = sql`${raw(layout.documents)} AS d INDEXED BY ${raw(drive.filter.field.index ?? '')}`;
    where.push(ofTenant(filter));
    // Where the index gives the order, it must not be read value by value of a list.
    const inLists = plan.gives === 'in-order' ? raw('+') : raw('');
    for (const condition of drive.filter.conditions) where.push(onColumn(condition, inLists));
  }
  where.push(...onKey(filter, key));
  for (const set of plan.sets) where.push(sql`+${key} IN (${keysOf(view, set)})`);
  where.push(...checks(view, plan));
  return { from, where: where.length === 0 ? raw('TRUE') : join(where, ' AND '), key };
}

/** The parts of the filter that no source of the plan answers. */
function checks(view: FilteredView, plan: Plan): readonly Sql[] {
  const { layout, filter } = view;
  const conditions = filter.columns
    .filter((columns) => !isAnswered({ of: 'field', filter: columns }, plan))
    .flatMap((columns) => columns.conditions.map((condition) => onColumn(condition, raw(''))));
  if (filter.match.matchesEverything || isAnswered({ of: 'terms' }, plan)) return conditions;
  const match = sql`${raw(layout.terms)}(${filter.match.toString()})`;
  return [...conditions, sql`EXISTS (SELECT 1 FROM ${match} AS t WHERE t.rowid = d.key)`];
}

function hasChecksOnColumns({ filter }: FilteredView, plan: Plan): boolean {
  return filter.columns.some((columns) => !isAnswered({ of: 'field', filter: columns }, plan));
}

function isAnswered(source: Source, { drive, sets }: Plan): boolean {
  return [drive, ...sets].some((one) => isSame(one, source));
}

/** The keys of the documents that a source names. */
function keysOf({ layout, filter }: FilteredView, source: Source): Sql {
  if (source.of === 'terms') {
    const range = onKey(filter, raw('t.rowid'));
    const where = range.length === 0 ? raw('') : sql` WHERE ${join(range, ' AND ')}`;
    return sql`SELECT t.rowid FROM ${raw(layout.terms)}(${filter.match.toString()}) AS t${where}`;
  }
  if (source.of === 'order')
    return sql`SELECT d.key FROM ${inOrder(layout)} WHERE ${join([ofTenant(filter), ...onKey(filter, raw('d.key'))], ' AND ')}`;
  const { field, conditions } = source.filter;
  const where = [ofTenant(filter), ...conditions.map((condition) => onColumn(condition, raw('')))];
  const from = raw(`${layout.documents} AS d INDEXED BY ${field.index}`);
  return sql`SELECT d.key FROM ${from} WHERE ${join(where, ' AND ')}`;
}

function inOrder({ documents, order }: ViewLayout): Sql {
  return raw(`${documents} AS d INDEXED BY ${order}`);
}

function ofTenant({ tenant, deleted }: CompiledFilter): Sql {
  return sql`d.tenant = ${tenant} AND d.deleted = ${deleted ? 1 : 0}`;
}

function onKey({ keys }: CompiledFilter, key: Sql): readonly Sql[] {
  const conditions = keys.range === ALL_KEYS ? [] : [between(key, keys.range)];
  for (const ranges of keys.within) {
    const either = ranges.map((range) => between(key, range));
    conditions.push(either.length === 0 ? raw('FALSE') : sql`(${join(either, ' OR ')})`);
  }
  for (const range of keys.outside) conditions.push(sql`NOT (${between(key, range)})`);
  return conditions;
}

function between(key: Sql, { first, last }: KeyRange): Sql {
  return sql`${key} BETWEEN ${first} AND ${last}`;
}

function onColumn({ column, condition }: ColumnCondition, beforeList: Sql): Sql {
  const name = raw(`d.${column.name}`);
  switch (condition.operator) {
    case 'in': {
      const [only] = condition.values;
      if (only !== undefined && condition.values.length === 1) return sql`${name} = ${only}`;
      return sql`${beforeList}${name} IN (${list(condition.values)})`;
    }
    case 'not-in':
      return sql`(${name} IS NULL OR ${name} NOT IN (${list(condition.values)}))`;
    case 'exists':
      return condition.value ? sql`${name} IS NOT NULL` : sql`${name} IS NULL`;
    default:
      return sql`${name} ${raw(COMPARISONS[condition.operator])} ${condition.value}`;
  }
}

function list(values: readonly (string | number)[]): Sql {
  return join(
    values.map((value) => sql`${value}`),
    ', ',
  );
}

const COMPARISONS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
