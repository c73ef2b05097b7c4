import { type FieldSpec, fieldsOf, isRecordTypeName, RECORD_TYPES } from '@sillage/contracts';
import { type ImportedType, NOT_IMPORTED } from './mapping.js';

/** A field that a mapping may fill, as the public API declares it. `open` is a key of `custom`. */
export interface Fillable {
  readonly path: readonly [string, ...string[]];
  readonly kind: 'text' | 'texts' | 'number' | 'money' | 'date' | 'instant' | 'reference' | 'open';
  readonly whole: boolean;
  readonly refersTo: string | undefined;
}

const KINDS: { readonly [kind in FieldSpec['kind']]?: Fillable['kind'] } = {
  keyword: 'text',
  text: 'text',
  choice: 'text',
  keywords: 'texts',
  number: 'number',
  money: 'money',
  date: 'date',
  instant: 'instant',
  reference: 'reference',
};

/** The field of a type under its dotted name: `name`, `address.country`, `custom.<any key>`; undefined if it has none. */
export function fillable(type: ImportedType, name: string): Fillable | undefined {
  if (name === 'externalId') return undefined;
  const [first = '', ...rest] = name.split('.');
  const spec = fieldsOf(RECORD_TYPES[type].input).find((field) => field.name === first);
  if (spec === undefined) return undefined;
  if (spec.kind === 'open') return rest.length === 0 ? undefined : openKey(first, rest.join('.'));
  if (spec.kind !== 'object') return rest.length === 0 ? ofSpec(spec, [first]) : undefined;
  const inner = spec.of && fieldsOf(spec.of).find((field) => field.name === rest.join('.'));
  return inner && ofSpec(inner, [first, inner.name]);
}

/** What a mapping of a type must fill. */
export function requiredFields(type: ImportedType): readonly string[] {
  return fieldsOf(RECORD_TYPES[type].input)
    .filter(({ required }) => required)
    .map(({ name }) => name);
}

/** Every dotted name, to be shown to who wrote another. */
export function fillableNames(type: ImportedType): readonly string[] {
  return fieldsOf(RECORD_TYPES[type].input)
    .filter(({ name }) => name !== 'externalId')
    .flatMap(({ name, kind, of }) => {
      if (kind === 'open') return [`${name}.<key>`];
      return kind === 'object' && of ? fieldsOf(of).map((inner) => `${name}.${inner.name}`) : [name];
    });
}

/** Whether a mapping may import records of a type. */
export function isImportedType(text: string): text is ImportedType {
  return isRecordTypeName(text) && !NOT_IMPORTED.some((type) => type === text);
}

function ofSpec(spec: FieldSpec, path: Fillable['path']): Fillable | undefined {
  const kind = KINDS[spec.kind];
  return kind && { path, kind, whole: spec.decimals === 0, refersTo: spec.refersTo };
}

function openKey(field: string, key: string): Fillable {
  return { path: [field, key], kind: 'open', whole: false, refersTo: undefined };
}
