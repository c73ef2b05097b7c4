import { Problem } from '@sillage/kernel';
import type { PageKey, Scalar } from '../query.js';
import { ALL_KEYS } from './document-key.js';
import type { Column } from './layout.js';
import { raw, type Sql, sql } from './sql.js';

/**
 * A condition, given the SQL of the key, for a part of a list whose documents an index gives one after the other. What
 * follows a page is in several such parts: the documents of equal value and a further key, those of a further value,
 * those without a value. (One comparison of rows would say the same, but for that SQLite 3.53 reads all documents of
 * equal value from the first on.)
 */
export type PagePart = (key: Sql) => Sql;

/** Which documents the list has at all: with a value, without, or both. */
export type Values = 'present' | 'missing' | 'any';

export interface PartsRequest {
  /** Of the field that is sorted by; none for the view's own order. */
  readonly columns: readonly Column[];
  readonly values: Values;
  readonly descending: boolean;
  readonly after: PageKey | undefined;
}

/**
 * The parts of the list behind a page's end, or from the beginning, in order: by the columns, without a value last,
 * then by the key.
 * @throws Problem `invalid-cursor` when the page's end is none of such a list.
 */
export function pageParts({ columns, values, descending, after }: PartsRequest): readonly PagePart[] {
  const end = after && parsed(columns, after);
  const beyond = raw(descending ? '<' : '>');
  const [first, ...others] = columns.map(({ name }) => raw(`d.${name}`));
  const beyondKey: PagePart = (key) => (end ? sql`${key} ${beyond} ${end.key}` : raw('TRUE'));
  if (!first) return [beyondKey];

  const missing: PagePart = (key) =>
    end?.values ? sql`${first} IS NULL` : sql`${first} IS NULL AND ${beyondKey(key)}`;
  const present: PagePart[] = [];
  if (!end) present.push(() => sql`${first} IS NOT NULL`);
  else if (end.values) {
    // From the inside out: equal in all columns, then in all but the last, ...
    let equal = raw('');
    for (const [index, value] of end.values.entries()) {
      const name = [first, ...others][index] ?? first;
      const before = equal;
      present.unshift(() => sql`${before}${name} ${beyond} ${value}`);
      equal = sql`${before}${name} = ${value} AND `;
    }
    const allEqual = equal;
    present.unshift((key) => sql`${allEqual}${beyondKey(key)}`);
  }
  return [...(values === 'missing' ? [] : present), ...(values === 'present' ? [] : [missing])];
}

interface End {
  /** None when the last document of the page has no value. */
  readonly values: readonly Scalar[] | undefined;
  readonly key: bigint;
}

/** Takes the end of a page apart. It has been in the hands of callers, so it may be anything. */
function parsed(columns: readonly Column[], after: PageKey): End {
  const values = after.slice(0, -1);
  const key = after.at(-1);
  if (typeof key !== 'string' || !/^-?\d{1,19}$/.test(key) || values.length !== columns.length)
    throw new Problem('invalid-cursor');
  const end = BigInt(key);
  if (end < ALL_KEYS.first || end > ALL_KEYS.last) throw new Problem('invalid-cursor');
  if (values.length > 0 && values.every((value) => value === null)) return { values: undefined, key: end };
  const scalars = values.filter(
    (value, index): value is Scalar => typeof value === (columns[index]?.type === 'TEXT' ? 'string' : 'number'),
  );
  if (scalars.length !== columns.length) throw new Problem('invalid-cursor');
  return { values: scalars, key: end };
}
