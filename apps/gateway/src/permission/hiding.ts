import type { PublicEvent } from '@sillage/contracts';
import {
  type FieldChange,
  fault,
  type HistoryEntry,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  notUnderstood,
  Problem,
} from '@sillage/kernel';

/*
 * What is left of an answer once the fields are gone that somebody does not see. All pure; with nothing to hide, each
 * gives what it was given.
 */

export function visibleRecord(record: JsonObject, hidden: readonly string[]): JsonObject {
  if (hidden.length === 0) return record;
  return Object.fromEntries(Object.entries(record).filter(([field]) => !hidden.includes(field)));
}

/** An entry that told of hidden fields alone is left out. */
export function visibleHistory(items: readonly HistoryEntry[], hidden: readonly string[]): readonly HistoryEntry[] {
  if (hidden.length === 0) return items;
  return items.flatMap((entry) => {
    const changes = visibleChanges(entry.changes, hidden);
    return changes === undefined ? [] : [{ ...entry, changes }];
  });
}

/** Undefined when the event told of hidden fields alone. */
export function visibleEvent(event: PublicEvent, hidden: readonly string[]): PublicEvent | undefined {
  if (hidden.length === 0) return event;
  const changes = visibleChanges(event.data.changes, hidden);
  return changes && { ...event, data: { record: visibleRecord(event.data.record, hidden), changes } };
}

/** A refusal with `stale-revision` tells what happened since. */
export function visibleProblem(problem: Problem, hidden: readonly string[]): Problem {
  const { code, faults, params, extensions } = problem;
  if (hidden.length === 0 || code !== 'stale-revision') return problem;
  const events = visibleHistory(extensions.events as readonly HistoryEntry[], hidden);
  return new Problem(code, { faults, params, extensions: { ...extensions, events } });
}

/** @throws Problem `validation-failed` when a body has a field that its sender does not see. */
export function refuseHidden(body: JsonValue | undefined, hidden: readonly string[]): void {
  const named = isJsonObject(body) ? hidden.filter((field) => Object.hasOwn(body, field)) : [];
  if (named.length > 0) throw notUnderstood(...named.map((field) => fault(field, 'unknown-field')));
}

function visibleChanges(
  changes: readonly FieldChange[],
  hidden: readonly string[],
): readonly FieldChange[] | undefined {
  const left = changes.filter(({ field }) => !hidden.includes(field));
  return left.length === 0 && changes.length > 0 ? undefined : left;
}
