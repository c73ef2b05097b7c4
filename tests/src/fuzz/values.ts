import fc, { type Arbitrary } from 'fast-check';
import type { ApiDocument, Schema } from './api-document.js';

/** Levels of objects and lists below which only what is required is made. */
const DEEPEST = 4;

/** Items of a list, and characters of a text: more only makes a run slower. */
const MOST_ITEMS = 4;
const LONGEST = 300;

/** Fields of an object beside those that are required. */
const MOST_OPTIONAL = 3;

/** Values that no field is likely to be prepared for. */
const ODD: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    'null',
    '\0',
    '\ud800',
    '\u202e\ufeff',
    "'; DROP TABLE events; --",
    '{{7*7}}',
    '../../etc/passwd',
    'x'.repeat(60_000),
    0,
    -1,
    0.1,
    1e21,
    -1e-7,
    Number.MAX_SAFE_INTEGER,
    true,
    [],
    {},
    [[[[[]]]]],
    { $gt: '' },
    { $where: 'sleep(1000)' },
    { constructor: { prototype: { admin: true } } },
    { toString: 1, length: -1 },
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.double(),
);

/** Makes values that schemas of a document allow, and such as are almost allowed. */
export class Values {
  /** @param ids of records that there are: a reference to one of them is more telling than one to nothing */
  constructor(
    private readonly document: ApiDocument,
    private readonly ids: () => readonly string[],
  ) {}

  valid(given: Schema, depth = 0): Arbitrary<unknown> {
    const schema = this.document.schema(given);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    const alternatives = schema.oneOf ?? schema.anyOf;
    if (alternatives !== undefined) {
      return fc.oneof(
        ...alternatives.map((one) =>
          this.valid({ ...withoutAlternatives(schema), ...this.document.schema(one) }, depth),
        ),
      );
    }
    if (schema.allOf !== undefined) {
      const merged: Schema = Object.assign({}, ...schema.allOf.map((one) => this.document.schema(one)));
      return this.valid(merged, depth);
    }
    const types = [schema.type ?? 'object'].flat();
    return fc.oneof(...types.map((type) => this.ofType(type, schema, depth)));
  }

  /** A valid value with something in it replaced, left out or added. */
  nearlyValid(schema: Schema): Arbitrary<unknown> {
    return fc
      .tuple(this.valid(schema), ODD, fc.nat(1_000), fc.string())
      .map(([value, odd, where, name]) => spoiled(value, odd, where, name));
  }

  private ofType(type: string, schema: Schema, depth: number): Arbitrary<unknown> {
    switch (type) {
      case 'string':
        return this.text(schema);
      case 'integer':
        return fc.integer({ min: schema.minimum ?? -10, max: Math.min(schema.maximum ?? 10_000, 2_147_483_647) });
      case 'number':
        return fc.oneof(
          fc.integer({ min: schema.minimum ?? -1_000, max: Math.min(schema.maximum ?? 100_000, 2_147_483_647) }),
          fc.constantFrom(0.5, 1.25).filter((value) => value <= (schema.maximum ?? 2)),
        );
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array': {
        const [minLength, maxLength] = [schema.minItems ?? 0, Math.min(schema.maxItems ?? MOST_ITEMS, MOST_ITEMS)];
        return fc.array(this.valid(schema.items ?? {}, depth + 1), { minLength, maxLength });
      }
      default:
        return this.object(schema, depth);
    }
  }

  private object(schema: Schema, depth: number): Arbitrary<unknown> {
    const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
    const names = Object.keys(properties).filter((name) => depth < DEEPEST || required.includes(name));
    const optional = names.filter((name) => !required.includes(name));
    // With every field at once there is always one that a record cannot have.
    const maxLength = Math.min(MOST_OPTIONAL, optional.length);
    const known = fc.subarray(optional, { maxLength }).chain((chosen) => {
      const given = names.filter((name) => required.includes(name) || chosen.includes(name));
      return fc.record(Object.fromEntries(given.map((name) => [name, this.valid(properties[name] ?? {}, depth + 1)])));
    });
    if (typeof additionalProperties !== 'object' || depth >= DEEPEST) return known;
    const name = propertyNames === undefined ? fc.string({ minLength: 1, maxLength: 20 }) : this.text(propertyNames);
    const more = fc.dictionary(name, this.valid(additionalProperties, depth + 1), { maxKeys: 3 });
    return fc.tuple(known, more).map(([one, other]) => ({ ...other, ...one }));
  }

  private text(schema: Schema): Arbitrary<string> {
    const examples = (schema.examples ?? []).filter((example) => typeof example === 'string');
    const made = this.madeText(schema);
    return examples.length === 0 ? made : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...examples) }, made);
  }

  private madeText({ format, pattern, minLength = 0, maxLength = LONGEST }: Schema): Arbitrary<string> {
    const length = { minLength, maxLength: Math.min(maxLength, LONGEST) };
    switch (format) {
      case 'uuid': {
        const ids = this.ids();
        return ids.length === 0 ? fc.uuid() : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, fc.uuid());
      }
      case 'date-time':
        return instants().map((date) => date.toISOString());
      case 'date':
        return instants().map((date) => date.toISOString().slice(0, 10));
      case 'idn-email':
        return fc.emailAddress();
      default:
        if (pattern === undefined || pattern.includes('\\u0000')) {
          return fc.string({ ...length, unit: 'grapheme' }).filter((text) => text.trim() !== '' && fits(text, length));
        }
        return fc.stringMatching(new RegExp(pattern)).filter((text) => fits(text, length));
    }
  }
}

function instants(): Arbitrary<Date> {
  return fc.date({ min: new Date('1990-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
}

function fits(
  text: string,
  { minLength, maxLength }: { readonly minLength: number; readonly maxLength: number },
): boolean {
  return text.length >= minLength && text.length <= maxLength;
}

function withoutAlternatives({ oneOf: _one, anyOf: _any, ...rest }: Schema): Schema {
  return rest;
}

/** Spoils one place of a value: the `where`-th of all that there are. */
function spoiled(value: unknown, odd: unknown, where: number, name: string): unknown {
  if (typeof value !== 'object' || value === null || where % 7 === 0) return odd;
  if (Array.isArray(value)) {
    if (value.length === 0) return [odd];
    const at = where % value.length;
    return value.map((item, index) => (index === at ? spoiled(item, odd, Math.floor(where / 7), name) : item));
  }
  const names = Object.keys(value);
  const member = names[where % Math.max(names.length, 1)];
  if (member === undefined || where % 5 === 0) return { ...value, [name]: odd };
  if (where % 5 === 1) return Object.fromEntries(Object.entries(value).filter(([other]) => other !== member));
  return { ...value, [member]: spoiled(Reflect.get(value, member), odd, Math.floor(where / 7), name) };
}
