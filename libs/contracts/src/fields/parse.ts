import { fault, isJsonObject, type JsonObject, type JsonValue, normalizeInstant, notUnderstood } from '@sillage/kernel';
import { faultsIn } from './faults.js';
import { type FieldSpec, type FieldsClass, fieldsOf, type ParseMode } from './field-spec.js';

/**
 * Reads a body as the fields that a class declares: the values as they will be kept (instants in UTC, without nulls
 * unless it is a patch).
 * @throws Problem `validation-failed` naming everything that is wrong.
 */
export function parseFields(of: FieldsClass, body: JsonValue | undefined, mode: ParseMode): JsonObject {
  if (!isJsonObject(body)) throw notUnderstood(fault('', 'wrong-type', { expected: 'object' }));
  const faults = faultsIn(of, body, mode);
  if (faults.length > 0) throw notUnderstood(...faults);
  return normalized(fieldsOf(of), body, mode);
}

function normalized(specs: readonly FieldSpec[], body: JsonObject, mode: ParseMode): JsonObject {
  const fields: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(body)) {
    if (value === null && mode === 'whole') continue;
    const spec = specs.find((candidate) => candidate.name === name);
    fields[name] = spec ? normalizedValue(spec, value, mode) : value;
  }
  return fields;
}

function normalizedValue({ kind, of }: FieldSpec, value: JsonValue, mode: ParseMode): JsonValue {
  if (kind === 'instant' && typeof value === 'string') return normalizeInstant(value) ?? value;
  if (of === undefined) return value;
  const inner = fieldsOf(of);
  if (Array.isArray(value)) return value.map((item) => (isJsonObject(item) ? normalized(inner, item, 'whole') : item));
  return isJsonObject(value) ? normalized(inner, value, mode) : value;
}
