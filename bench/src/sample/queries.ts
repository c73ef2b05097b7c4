import { ACTIONS, CITIES, COMPANIES, PRODUCTS, pick } from './records.js';

/** Words that have to be in a name. */
export type Query = readonly [string, string];

/**
 * Searches of two words. Of 10,000 records the first kind finds some fifty, so that the page is full, the others some
 * ten: a page that is always full would measure little but the writing of answers.
 */
export function sampleQueries(count: number): readonly Query[] {
  const kinds = [
    [ACTIONS, PRODUCTS],
    [PRODUCTS, COMPANIES],
    [COMPANIES, CITIES],
  ] as const;
  return Array.from({ length: count }, (_, index): Query => {
    const [first, second] = kinds[index % kinds.length] as (typeof kinds)[number];
    return [pick(first, index, 11), pick(second, index, 12)];
  });
}

/** Whether a name has words that begin with those of a query, whatever their case. */
export function answers(name: string, query: Query): boolean {
  const words = name.toLowerCase().split(' ');
  return query.every((wanted) => words.some((word) => word.startsWith(wanted.toLowerCase())));
}
