import { describe, expect, it } from '@jest/globals';
import { type JsonObject, type JsonValue, Problem } from '@sillage/kernel';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { fieldsOf, type ParseMode, parseFields } from '../fields/index.js';
import { RECORD_TYPE_NAMES, RECORD_TYPES, type RecordTypeName } from '../records/index.js';
import { openApiDocument } from './document.js';
import type { Content, Operation } from './document-types.js';
import { EXAMPLE_EVENT } from './event-schemas.js';
import { EXAMPLES, exampleRecord } from './examples.js';
import { recordName } from './json-schema.js';

const document = openApiDocument({ version: '1.0.0' });

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
// ajv-formats knows no international addresses; whether an address is one is not what is compared here.
ajv.addFormat('idn-email', /^[^@\s]+@[^@\s]+\.[^@\s]+$/);
ajv.addSchema(JSON.parse(JSON.stringify(document)), 'openapi');

function schema(name: string): ValidateFunction {
  const compiled = ajv.getSchema(`openapi#/components/schemas/${name}`);
  if (compiled === undefined) throw new Error(`no schema ${name}`);
  return compiled as ValidateFunction;
}

function parses(type: RecordTypeName, body: JsonValue, mode: ParseMode): boolean {
  try {
    parseFields(RECORD_TYPES[type].input, body, mode);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** Values at the edges of what fields of all kinds take. */
const PROBES: readonly JsonValue[] = [
  '',
  ' ',
  'x',
  'x\0y',
  'x'.repeat(50),
  'x'.repeat(51),
  'x'.repeat(200),
  'x'.repeat(201),
  '😀'.repeat(200),
  'x'.repeat(501),
  'x'.repeat(50_001),
  'call',
  'inbound',
  'opportunities',
  'zoe@example.com',
  '2026-02-28',
  '2026-02-30',
  '2026-02-28T10:00:00Z',
  '2026-02-28T10:00:00.123+02:00',
  '2026-02-28T25:00:00Z',
  '0199a1f0-5c3e-7d21-9b4a-1f2e3d4c5b6a',
  '0199a1f05c3e7d219b4a1f2e3d4c5b6a',
  -1,
  0,
  0.5,
  100,
  100.5,
  525_600,
  525_601,
  100_000_001,
  true,
  [],
  ['a', 'b'],
  [''],
  [1],
  ['x'.repeat(101)],
  new Array(64).fill('a'),
  new Array(65).fill('a'),
  {},
  { value: '10.00', currency: 'EUR' },
  { value: 10, currency: 'EUR' },
  { value: '-1', currency: 'EUR' },
  { value: '10', currency: 'eur' },
  { value: '10', currency: 'XYZ' },
  { value: '10' },
  { city: 'Bordeaux' },
  { city: 3 },
  { town: 'Bordeaux' },
  { a: null, b: 1, c: true },
  { a: {} },
  { a: [] },
  { ['k'.repeat(101)]: 1 },
  { a: 'x'.repeat(2_001) },
  Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${index}`, 1])),
  [{ key: 'a', name: 'A', probability: 10, kind: 'open' }],
  [{ key: 'a', name: 'A', probability: 101, kind: 'open' }],
  [{ key: 'a', name: 'A', probability: 10, kind: 'lost', colour: 'red' }],
];

describe.each(RECORD_TYPE_NAMES)('the schemas of %s', (type) => {
  const bodies = {
    whole: { name: `${recordName(type)}Create`, base: EXAMPLES[type].minimal },
    patch: { name: `${recordName(type)}Patch`, base: {} },
  } as const;

  // What is taken but not told: web addresses, whose form no schema can say.
  const fields = fieldsOf(RECORD_TYPES[type].input).filter(({ format }) => format !== 'uri');

  it.each(['whole', 'patch'] as const)('take and refuse the same as the rules do (%s)', (mode) => {
    const { name, base } = bodies[mode];
    const validate = schema(name);
    const judged = fields.flatMap((field) =>
      PROBES.map((probe) => {
        const body: JsonObject = { ...base, [field.name]: probe };
        const told = `${field.name} = ${JSON.stringify(probe).slice(0, 60)}`;
        return { told, bySchema: validate(body), byRules: parses(type, body, mode) };
      }),
    );
    expect(judged.filter(({ bySchema, byRules }) => bySchema !== byRules)).toEqual([]);
  });

  it('lets a patch remove what is not required', () => {
    for (const field of fields.filter(({ creationOnly }) => !creationOnly)) {
      const body = { [field.name]: null };
      expect([field.name, schema(bodies.patch.name)(body)]).toEqual([field.name, !field.required]);
      expect([field.name, parses(type, body, 'patch')]).toEqual([field.name, !field.required]);
    }
  });

  it('refuse a field that nobody declared, and a body without a required one', () => {
    expect(schema(bodies.whole.name)({ ...bodies.whole.base, colour: 'red' })).toBe(false);
    expect(schema(bodies.patch.name)({ colour: 'red' })).toBe(false);
    expect(schema(bodies.whole.name)({})).toBe(false);
  });

  it('fit the examples, which the rules take too', () => {
    const { minimal, complete, patch } = EXAMPLES[type];
    for (const body of [minimal, complete]) {
      expect(schema(bodies.whole.name)(body)).toBe(true);
      expect(parses(type, body, 'whole')).toBe(true);
    }
    expect(schema(bodies.patch.name)(patch)).toBe(true);
    expect(parses(type, patch, 'patch')).toBe(true);
    expect(schema(recordName(type))(exampleRecord(type))).toBe(true);
  });
});

describe.each([[null], [{ key: 'a' }]])('stages with the item %j in a patch', (...stages) => {
  it('are refused by the schema', () => {
    expect(schema('PipelinePatch')({ stages })).toBe(false);
  });

  it('are refused by the rules', () => {
    expect(parses('pipelines', { stages }, 'patch')).toBe(false);
  });
});

describe('the examples of the document', () => {
  const contents = Object.entries(document.paths).flatMap(([path, item]) =>
    (Object.entries(item) as [string, Operation][]).flatMap(([method, { requestBody, responses }]) => [
      ...(requestBody ? examplesOf(`${method} ${path}`, requestBody.content) : []),
      ...Object.entries(responses).flatMap(([status, answer]) =>
        'content' in answer && answer.content ? examplesOf(`${method} ${path} ${status}`, answer.content) : [],
      ),
    ]),
  );

  function examplesOf(where: string, content: Content) {
    return Object.entries(content).flatMap(([mediaType, { schema: its, example, examples = {} }]) => {
      const values = [
        ...(example === undefined ? [] : [example]),
        ...Object.values(examples).map(({ value }) => value),
      ];
      return values.map((value) => ({ where: `${where} ${mediaType}`, pointer: its.$ref, value }));
    });
  }

  it.each(contents.filter(({ pointer }) => pointer !== undefined))('$where', ({ pointer, value }) => {
    const validate = schema(String(pointer).split('/').at(-1) ?? '');
    validate(value);
    expect(validate.errors).toBeNull();
  });

  it('an event', () => {
    expect(schema('PublicEvent')(EXAMPLE_EVENT)).toBe(true);
  });
});
