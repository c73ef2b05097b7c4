import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from '../events.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.js';
import { type Money, toMinorUnits } from '../money.js';
import { endings, type RecordState } from './record-state.js';
import type { Fields, RecordType } from './record-type.js';

/** One field's change. Null stands for a field that is not set. */
export type FieldChange = { readonly field: string; readonly from: JsonValue; readonly to: JsonValue };

/** What one event did to a record, as its history tells. */
export type HistoryEntry = {
  readonly type: string;
  readonly at: string;
  readonly by: string;
  readonly revision: number;
  readonly changes: readonly FieldChange[];
};

/** The names of the fields that differ. Amounts of the same worth do not (`10` and `10.00`). */
export function changedFields(type: RecordType, before: Fields, after: Fields): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isSame(type, name, before[name], after[name]));
}

function isSame(type: RecordType, name: string, a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (type.money.includes(name) && isMoney(a) && isMoney(b)) {
    return a.currency === b.currency && toMinorUnits(a) === toMinorUnits(b);
  }
  return isDeepStrictEqual(a, b);
}

export function isMoney(value: JsonValue | undefined): value is Money {
  return isJsonObject(value) && typeof value.value === 'string' && typeof value.currency === 'string';
}

/** The changes that an event made to the record that stood before it, undefined where it began one. */
export function changesBetween(before: RecordState | undefined, after: RecordState): readonly FieldChange[] {
  const to = shown(after);
  if (before === undefined) return Object.entries(to).map(([field, value]) => ({ field, from: null, to: value }));
  const from = shown(before);
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...names]
    .filter((name) => !isDeepStrictEqual(from[name], to[name]))
    .map((field) => ({ field, from: from[field] ?? null, to: to[field] ?? null }));
}

function shown(state: RecordState): JsonObject {
  return { ...state.fields, ...endings(state) };
}

export function historyEntry(before: RecordState | undefined, after: RecordState, event: StoredEvent): HistoryEntry {
  const { at, actor } = event.metadata;
  return { type: event.type, at, by: actor, revision: event.revision, changes: changesBetween(before, after) };
}
