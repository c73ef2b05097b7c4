import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject, type JsonValue, type Money, minorDigits, toMinorUnits } from '@sillage/kernel';

/**
 * The merge patch (RFC 7396) that brings a record to a row's values; empty when it has them. What the row does not
 * give is left as it is, since an empty cell says nothing. Pure.
 *
 * @param record as the API shows it
 * @param fields as they would be sent to create it
 */
export function patchTowards(record: JsonObject, fields: JsonObject): JsonObject {
  const changes: Record<string, JsonValue> = {};
  for (const [name, wanted] of Object.entries(fields)) {
    // When a record began can be said at its creation only.
    if (name === 'createdAt' || isSame(record[name], wanted)) continue;
    const current = record[name];
    changes[name] =
      isMoney(wanted) || !isJsonObject(wanted) ? wanted : patchTowards(isJsonObject(current) ? current : {}, wanted);
  }
  return Object.fromEntries(Object.entries(changes).filter(([, change]) => !isEmptyObject(change)));
}

/** Amounts of the same worth are the same: the server may show `10.00` for 10. */
function isSame(current: JsonValue | undefined, wanted: JsonValue): boolean {
  if (isMoney(current) && isMoney(wanted)) {
    return current.currency === wanted.currency && toMinorUnits(current) === toMinorUnits(wanted);
  }
  return isDeepStrictEqual(current, wanted);
}

function isMoney(value: JsonValue | undefined): value is Money {
  return (
    isJsonObject(value) &&
    typeof value.value === 'string' &&
    typeof value.currency === 'string' &&
    minorDigits(value.currency) !== undefined
  );
}

function isEmptyObject(value: JsonValue): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}
