import { isJsonObject, type JsonObject, type JsonValue, toMinorUnits } from '@sillage/kernel';
import type { Condition, Filter, Scalar, Sort } from '../query.js';
import type { FieldKind } from '../view.js';
import { fold, words } from '../words.js';
import { DEALS, type DocumentInBatch } from './samples.js';

const KINDS: ReadonlyMap<string, FieldKind> = new Map(
  Object.entries(DEALS.fields).map(([path, { kind }]) => [path, kind]),
);
const OPEN = 'custom.';
const SEARCHED = Object.entries(DEALS.fields).flatMap(([path, field]) => ('searched' in field ? [path] : []));

/** The ids that a query is to give, said as plainly as possible: every deal is looked at, and all are sorted. */
export function referenceResult(deals: readonly DocumentInBatch[], filter: Filter, sort: Sort): readonly string[] {
  return deals
    .filter((deal) => matches(deal, filter))
    .sort((one, other) => compareDeals(one, other, sort))
    .map(({ id }) => id);
}

function matches({ tenant, deleted, document }: DocumentInBatch, filter: Filter): boolean {
  const found = SEARCHED.flatMap((path) => textsOf(valueAt(document, path)).flatMap(words));
  return (
    tenant === filter.tenant &&
    deleted === filter.deleted &&
    filter.words.every((word) => found.some((one) => one.startsWith(word))) &&
    filter.conditions.every((condition) => meets(scalarsOf(document, condition.field), condition))
  );
}

function meets(values: readonly Scalar[], condition: Condition): boolean {
  switch (condition.operator) {
    case 'in':
      return condition.values.some((value) => values.includes(value));
    case 'not-in':
      return !condition.values.some((value) => values.includes(value));
    case 'exists':
      return values.length > 0 === condition.value;
    case 'gt':
      return values.some((value) => compare(value, condition.value) > 0);
    case 'gte':
      return values.some((value) => compare(value, condition.value) >= 0);
    case 'lt':
      return values.some((value) => compare(value, condition.value) < 0);
    case 'lte':
      return values.some((value) => compare(value, condition.value) <= 0);
  }
}

function compareDeals(one: DocumentInBatch, other: DocumentInBatch, { field, descending }: Sort): number {
  const [a, b] = [sortValues(one.document, field), sortValues(other.document, field)];
  if (a.length !== b.length) return b.length - a.length;
  const creation = ({ document, ordinal }: DocumentInBatch) => [String(document.createdAt), ordinal];
  const [left, right] = [
    [...a, ...creation(one)],
    [...b, ...creation(other)],
  ];
  const order = left.map((value, index) => compare(value, right[index] ?? 0)).find((result) => result !== 0) ?? 0;
  return descending ? -order : order;
}

/** What a field sorts by, most significant first; nothing when it is missing. */
function sortValues(document: JsonObject, field: string): readonly Scalar[] {
  const values = scalarsOf(document, field);
  if (KINDS.get(field) === 'money') return [...scalarsOf(document, `${field}.currency`), ...values];
  return KINDS.get(field) === 'keyword' ? values.flatMap((text) => [fold(String(text)), text]) : values;
}

/** Numbers by value, texts by code point (the order of their UTF-8 bytes). */
function compare(one: Scalar, other: Scalar): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}

/** The values that a condition on a field is about; none when the document has no such field. */
function scalarsOf(document: JsonObject, field: string): readonly Scalar[] {
  if (field.startsWith(OPEN)) {
    // The whole rest is the key, dots included.
    return textsOf(isJsonObject(document.custom) ? document.custom[field.slice(OPEN.length)] : undefined);
  }
  const value = valueAt(document, field);
  switch (KINDS.get(field)) {
    case 'money': {
      if (!isJsonObject(value)) return [];
      return [toMinorUnits({ value: String(value.value), currency: String(value.currency) })];
    }
    case 'keywords':
      return textsOf(value);
    case 'open':
      return isJsonObject(value) ? Object.keys(value) : [];
    default:
      return typeof value === 'number' || typeof value === 'string' ? [value] : [];
  }
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  const members = typeof value === 'object' ? Object.values(value ?? {}) : [value];
  return members.filter((member): member is string => typeof member === 'string');
}

function valueAt(document: JsonObject, path: string): JsonValue | undefined {
  return path
    .split('.')
    .reduce<JsonValue | undefined>((value, name) => (isJsonObject(value) ? value[name] : undefined), document);
}
