import { type Fault, type FaultCode, fault, isJsonObject, type JsonObject, type JsonValue } from '@sillage/kernel';
import { type ValidationError, validateSync } from 'class-validator';
import { type FieldSpec, type FieldsClass, fieldsOf, type ParseMode } from './field-spec.js';

/** The codes of class-validator's own constraints; those of Sillage are codes already. */
const CODES: { readonly [constraint: string]: FaultCode } = {
  isString: 'wrong-type',
  isInt: 'wrong-type',
  isNumber: 'wrong-type',
  isArray: 'wrong-type',
  isObject: 'wrong-type',
  nestedValidation: 'wrong-type',
  isUuid: 'wrong-form',
  isEmail: 'wrong-form',
  isUrl: 'wrong-form',
  isIn: 'not-in-set',
  maxLength: 'too-long',
  arrayMinSize: 'empty',
  arrayMaxSize: 'too-many',
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
  const errors = validateSync(instantiated(of, body), {
    stopAtFirstError: true,
    skipMissingProperties: mode === 'patch',
    validationError: { target: false, value: true },
  });
  const lists = fieldsOf(of).filter(({ kind }) => kind === 'list');
  return [
    ...errors.flatMap((error) => faultsOf(error, fieldsOf(of), path)),
    ...lists.flatMap((spec) => itemFaults(spec, Object.hasOwn(body, spec.name) ? body[spec.name] : [], path)),
  ];
}

/** A merge patch replaces a list as a whole, so its items are whole ones in either mode. */
function itemFaults({ name, of }: FieldSpec, list: JsonValue | undefined, path: string): readonly Fault[] {
  if (of === undefined || !Array.isArray(list)) return [];
  return list.flatMap((item, index) => {
    const at = `${within(path, name)}[${index}]`;
    if (!isJsonObject(item)) return [fault(at, 'wrong-type', { expected: 'object' })];
    return constraintFaults(of, item, at, 'whole');
  });
}

/** The declared fields of a body as instances of their classes, which is where class-validator looks for rules. */
function instantiated(of: FieldsClass, value: JsonObject): object {
  const instance: Record<string, unknown> = Object.assign(new of());
  for (const { name, of: innerClass } of fieldsOf(of)) {
    if (!Object.hasOwn(value, name)) continue;
    const inner = value[name];
    instance[name] = innerClass !== undefined && isJsonObject(inner) ? instantiated(innerClass, inner) : inner;
  }
  return instance;
}

function faultsOf(error: ValidationError, specs: readonly FieldSpec[], prefix: string): readonly Fault[] {
  const path = within(prefix, error.property);
  const spec = specs.find(({ name }) => name === error.property);
  const own = Object.keys(error.constraints ?? {}).map((name) => ownFault(path, name, error.value as JsonValue, spec));
  const inner = spec?.of ? fieldsOf(spec.of) : [];
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, inner, path))];
}

function ownFault(path: string, constraint: string, value: JsonValue | undefined, spec: FieldSpec | undefined): Fault {
  if (value === undefined || value === null) return fault(path, 'required');
  const code = CODES[constraint] ?? (constraint as FaultCode);
  const limit = code === 'too-long' ? (spec?.entryLimit ?? spec?.limit) : spec?.limit;
  const { minimum, maximum, decimals, choices, kind } = spec ?? {};
  const told = { limit, minimum, maximum, digits: decimals, expected: kind, choices: choices?.join(', ') };
  return fault(
    path,
    code,
    Object.fromEntries(Object.entries(told).flatMap(([name, said]) => (said === undefined ? [] : [[name, said]]))),
  );
}

function within(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
