import { CURRENCIES } from '@sillage/kernel';
import { type FieldSpec, type FieldsClass, fieldsOf, type ParseMode } from '../fields/index.js';
import {
  personalFields,
  RECORD_TYPE_NAMES,
  RECORD_TYPES,
  type RecordTypeName,
  recordFields,
} from '../records/index.js';
import type { JsonSchema, Reference } from './document-types.js';
import { schemaRef } from './references.js';

/** Text without NUL, which some stores cannot keep; a keyword also has a character that is not white space. */
const TEXT = '^[^\\u0000]*$';
const NOT_BLANK = '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$';

/** At most 15 digits in all; how many of them are decimals is the currency's matter, and no currency has more than 4. */
export const AMOUNT_PATTERN = '^(0|[1-9]\\d{0,14})(\\.\\d{1,4})?$';

export const CURRENCY_PATTERN = '^[A-Z]{3}$';

/** A body that creates: what a class declares, and nothing else. */
export function createSchema(of: FieldsClass): JsonSchema {
  return closed(fieldsOf(of), 'whole', { required: requiredNames(fieldsOf(of)) });
}

/** A JSON merge patch (RFC 7396) of what a class declares: every member may be left out, null removes. */
export function patchSchema(of: FieldsClass): JsonSchema {
  return closed(
    fieldsOf(of).filter(({ creationOnly }) => !creationOnly),
    'patch',
  );
}

/**
 * A record as answers and events show it. Open, so that a later version may show more. What can be erased is there only
 * while it is not.
 */
export function recordSchema(type: RecordTypeName): JsonSchema {
  const specs = recordFields(type);
  const erasable = personalFields(type);
  const required = requiredNames(specs).filter((name) => !erasable.includes(name));
  return { type: 'object', required, properties: properties(specs, 'whole') };
}

/** A field's value in a body of this mode. */
export function fieldSchema(spec: FieldSpec, mode: ParseMode): JsonSchema {
  const { description, example, required } = spec;
  const schema = { ...valueSchema(spec, mode), description, ...(example !== undefined && { examples: [example] }) };
  return mode === 'patch' && !required ? nullable(schema) : schema;
}

/** The schemas of all record types and of the objects within them, by their names in the document. */
export function recordSchemas(): { readonly [name: string]: JsonSchema } {
  const records = RECORD_TYPE_NAMES.flatMap((type): [string, JsonSchema][] => [
    [recordName(type), recordSchema(type)],
    [`${recordName(type)}Create`, createSchema(RECORD_TYPES[type].input)],
    [`${recordName(type)}Patch`, { ...patchSchema(RECORD_TYPES[type].input), minProperties: 1 }],
  ]);
  const parts = RECORD_TYPE_NAMES.flatMap((type) => fieldsOf(RECORD_TYPES[type].input)).flatMap(partSchemas);
  return Object.fromEntries([...records, ...parts]);
}

/** `opportunities` are made of `Opportunity`. */
export function recordName(type: RecordTypeName): string {
  return capitalized(RECORD_TYPES[type].singular);
}

export function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function partSchemas({ kind, of }: FieldSpec): [string, JsonSchema][] {
  if (of === undefined) return [];
  const whole: [string, JsonSchema] = [partName(of, 'whole'), createSchema(of)];
  return kind === 'list' ? [whole] : [whole, [partName(of, 'patch'), patchSchema(of)]];
}

/** `MoneyInput` is `Money` in the document, and `MoneyPatch` where each half may be left out. */
function partName(of: FieldsClass, mode: ParseMode): string {
  return of.name.replace(/Input$/, mode === 'patch' ? 'Patch' : '');
}

function closed(specs: readonly FieldSpec[], mode: ParseMode, more: JsonSchema = {}): JsonSchema {
  return { type: 'object', ...more, properties: properties(specs, mode), additionalProperties: false };
}

function properties(specs: readonly FieldSpec[], mode: ParseMode): { readonly [name: string]: JsonSchema } {
  return Object.fromEntries(specs.map((spec) => [spec.name, fieldSchema(spec, mode)]));
}

function requiredNames(specs: readonly FieldSpec[]): readonly string[] {
  return specs.filter(({ required }) => required).map(({ name }) => name);
}

function valueSchema(spec: FieldSpec, mode: ParseMode): JsonSchema {
  const { kind, limit, entryLimit, minimum, maximum } = spec;
  const entries = entryLimit === undefined ? {} : { maxLength: entryLimit };
  switch (kind) {
    case 'keyword':
      return keywordSchema(spec);
    case 'text':
      return { type: 'string', ...(limit !== undefined && { maxLength: limit }), pattern: TEXT };
    case 'number':
      return {
        type: spec.decimals === 0 ? 'integer' : 'number',
        ...(minimum !== undefined && { minimum }),
        ...(maximum !== undefined && { maximum }),
      };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'reference':
      return { type: 'string', format: 'uuid' };
    case 'choice':
      return { type: 'string', enum: spec.choices ?? [] };
    case 'keywords':
      if (spec.choices !== undefined) {
        return { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', enum: spec.choices } };
      }
      return {
        type: 'array',
        ...(limit !== undefined && { maxItems: limit }),
        items: { type: 'string', minLength: 1, ...entries, pattern: NOT_BLANK },
      };
    case 'open':
      return {
        type: 'object',
        ...(limit !== undefined && { maxProperties: limit }),
        propertyNames: { maxLength: 100, pattern: TEXT },
        additionalProperties: {
          type: ['string', 'number', 'boolean', 'null'],
          ...entries,
          pattern: TEXT,
          // Beyond these a double holds no whole number exactly (RFC 8259, section 6).
          minimum: Number.MIN_SAFE_INTEGER,
          maximum: Number.MAX_SAFE_INTEGER,
        },
      };
    case 'object':
    case 'money':
      return partRef(spec, mode);
    case 'list':
      // A merge patch replaces a list as a whole, so its items are whole in either mode.
      return {
        type: 'array',
        minItems: 1,
        ...(limit !== undefined && { maxItems: limit }),
        items: partRef(spec, 'whole'),
      };
    default:
      return kind satisfies never;
  }
}

function keywordSchema({ name, format, limit, readOnly }: FieldSpec): JsonSchema {
  if (name === 'id') return { type: 'string', format: 'uuid' };
  // What Sillage sets itself, such as a token's subject, it shows as it is.
  if (readOnly) return { type: 'string' };
  const most = limit === undefined ? {} : { maxLength: limit };
  switch (format) {
    case 'email':
      return { type: 'string', format: 'idn-email', ...most };
    case 'uri':
      // No format fits: the scheme may be left out, and only http and https are taken.
      return { type: 'string', pattern: '^\\S+$', ...most };
    case 'uuid':
      return { type: 'string', format: 'uuid' };
    case 'decimal':
      return { type: 'string', pattern: AMOUNT_PATTERN, ...most };
    case 'currency':
      return { type: 'string', pattern: CURRENCY_PATTERN, enum: CURRENCIES };
    case undefined:
      return { type: 'string', minLength: 1, ...most, pattern: NOT_BLANK };
    default:
      return format satisfies never;
  }
}

function partRef({ of, name }: FieldSpec, mode: ParseMode): Reference {
  if (of === undefined) throw new Error(`The field ${name} declares no fields within`);
  return schemaRef(partName(of, mode));
}

function nullable({ description, ...schema }: JsonSchema): JsonSchema {
  const about = { ...(description !== undefined && { description }) };
  if (schema.type === undefined) return { ...about, anyOf: [schema, { type: 'null' }] };
  const type = [schema.type, 'null' as const].flat();
  return { ...about, ...schema, type, ...(schema.enum && { enum: [...schema.enum, null] }) };
}
