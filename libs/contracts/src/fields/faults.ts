import { type Fault, type FaultCode, fault, isJsonObject, type JsonObject, type JsonValue } from '@sillage/kernel';
import { rulesOf } from './compiled-rules.js';
import { type FieldSpec, type FieldsClass, fieldsOf, type ParseMode } from './field-spec.js';

/** The codes of class-validator's own constraints; those of Sillage are codes already. */
const CODES: { readonly [constraint: string]: FaultCode } = {
  isString: 'wrong-type',
  isInt: 'wrong-type',
  isNumber: 'wrong-type',
  isArray: 'wrong-type',
  isObject: 'wrong-type',
  isUuid: 'wrong-form',
  isEmail: 'wrong-form',
  isUrl: 'wrong-form',
  isIn: 'not-in-set',
  maxLength: 'too-long',
  arrayMinSize: 'empty',
  arrayMaxSize: 'too-many',
  arrayUnique: 'duplicate',
  min: 'too-small',
  max: 'too-large',
};

/** Members of every record that Sillage sets. */
const READ_ONLY = new Set([
  'id',
  'revision',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'deletedAt',
  'forgottenAt',
  'stageKind',
]);

/** Everything that is wrong with a body as the fields that a class declares. */
export function faultsIn(of: FieldsClass, body: JsonObject, mode: ParseMode): readonly Fault[] {
  return [
    ...unknownFaults(of, body, ''),
    ...(mode === 'patch' ? patchFaults(fieldsOf(of), body) : []),
    ...constraintFaults(of, body, '', mode),
  ];
}

/** Not left to class-validator, whose own check lets `constructor` and its like pass. */
function unknownFaults(of: FieldsClass, value: JsonValue | undefined, path: string): readonly Fault[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownFaults(of, item, `${path}[${index}]`));
  if (!isJsonObject(value)) return [];
  const specs = fieldsOf(of);
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = within(path, name);
    const spec = specs.find((candidate) => candidate.name === name);
    if (spec === undefined) return [fault(at, READ_ONLY.has(at) ? 'read-only' : 'unknown-field')];
    return spec.of === undefined ? [] : unknownFaults(spec.of, inner, at);
  });
}

/** What a patch may not touch, and what it may not remove. */
function patchFaults(specs: readonly FieldSpec[], body: JsonObject): readonly Fault[] {
  const fixed = specs.filter(({ name, creationOnly }) => creationOnly && body[name] !== undefined);
  const removed = specs.filter(({ name, required }) => required && body[name] === null);
  return [...fixed.map(({ name }) => fault(name, 'read-only')), ...removed.map(({ name }) => fault(name, 'required'))];
}

function constraintFaults(of: FieldsClass, body: JsonObject, path: string, mode: ParseMode): readonly Fault[] {
  const rules = rulesOf(of);
  return fieldsOf(of).flatMap((spec) => {
    const value = Object.hasOwn(body, spec.name) ? body[spec.name] : undefined;
    const at = within(path, spec.name);
    if (value === undefined || value === null) {
      return spec.required && mode === 'whole' ? [fault(at, 'required')] : [];
    }
    const broken = rules.get(spec.name)?.find((rule) => !rule.holds(value));
    return broken === undefined ? innerFaults(spec, value, at, mode) : [brokenFault(at, broken.constraint, spec)];
  });
}

function innerFaults({ of }: FieldSpec, value: JsonValue, path: string, mode: ParseMode): readonly Fault[] {
  if (of === undefined) return [];
  if (isJsonObject(value)) return constraintFaults(of, value, path, mode);
  if (!Array.isArray(value)) return [];
  // A merge patch replaces a list as a whole, so its items are whole ones in either mode.
  return value.flatMap((item, index) => {
    const at = `${path}[${index}]`;
    if (!isJsonObject(item)) return [fault(at, 'wrong-type', { expected: 'object' })];
    return constraintFaults(of, item, at, 'whole');
  });
}

function brokenFault(path: string, constraint: string, spec: FieldSpec): Fault {
  const code = CODES[constraint] ?? (constraint as FaultCode);
  const { minimum, maximum, decimals, choices, kind } = spec;
  const limit = code === 'too-long' ? (spec.entryLimit ?? spec.limit) : spec.limit;
  const told = { limit, minimum, maximum, digits: decimals, expected: kind, choices: choices?.join(', ') };
  const given = Object.entries(told).flatMap(([name, said]) => (said === undefined ? [] : [[name, said]]));
  return fault(path, code, Object.fromEntries(given));
}

function within(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
