/** The API promises nothing beyond 100 values; a request line of 8,000 characters passes every usual server and proxy. */
const MOST_VALUES = 100;
const MOST_CHARACTERS = 8_000;

/**
 * The query strings that together ask for records by all of these external ids. Long or non-Latin ids take much room
 * once encoded, so the length of a query bounds it as well as the number of its values.
 */
export function externalIdQueries(externalIds: readonly string[]): readonly string[] {
  const queries: string[] = [];
  let values: string[] = [];
  let length = 0;
  for (const externalId of externalIds) {
    const value = `externalId=${encodeURIComponent(externalId)}`;
    if (values.length === MOST_VALUES || (values.length > 0 && length + value.length > MOST_CHARACTERS)) {
      queries.push(values.join('&'));
      values = [];
      length = 0;
    }
    values.push(value);
    length += value.length + 1;
  }
  return values.length === 0 ? queries : [...queries, values.join('&')];
}
