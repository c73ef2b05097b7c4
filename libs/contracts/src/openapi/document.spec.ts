import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { PROBLEMS } from '@sillage/kernel';
import { fieldsOf } from '../fields/index.js';
import { RECORD_TYPE_NAMES, RECORD_TYPES, recordFields } from '../records/index.js';
import { REPORT_NAMES, REPORTS } from '../reports.js';
import { openApiDocument } from './document.js';
import type { Method, Operation, Parameter } from './document-types.js';
import { FILTER_OPERATORS } from './filters.js';
import { recordName } from './json-schema.js';

const document = openApiDocument({ version: '1.2.3' });

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  (Object.entries(item) as [Method, Operation][]).map(([method, operation]) => ({
    name: `${method} ${path}`,
    path,
    operation,
  })),
);

function at(pointer: string): unknown {
  const names = pointer.replace('#/', '').split('/');
  return names.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], document);
}

function parametersOf({ parameters }: Operation): readonly Parameter[] {
  return parameters.map((parameter) => ('$ref' in parameter ? (at(parameter.$ref) as Parameter) : parameter));
}

function operation(name: string): Operation {
  const found = operations.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found.operation;
}

/** Every `$ref` below a value. */
function references(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === '$ref' ? [String(inner)] : references(inner)));
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
    expect(document.info.version).toBe('1.2.3');
  });

  it('refers to nothing that it does not have, and has nothing that nothing refers to', () => {
    const used = new Set(references(document));
    expect([...used].filter((pointer) => at(pointer) === undefined)).toEqual([]);
    const { securitySchemes: _, ...components } = document.components;
    const had = Object.entries(components).flatMap(([kind, named]) =>
      Object.keys(named).map((name) => `#/components/${kind}/${name}`),
    );
    // Answers of 405 and 406 are no operation's, but their headers are declared with the others.
    expect(had.filter((pointer) => !used.has(pointer))).toEqual(['#/components/headers/Allow']);
  });

  it('names every operation once, with a summary and a tag that it declares', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map(({ name }) => name);
    for (const { operation } of operations) {
      expect(operation.summary).toMatch(/\S/);
      expect(tags).toEqual(expect.arrayContaining([...operation.tags]));
    }
  });

  it.each(operations)('$name: says what it answers', ({ path, operation }) => {
    const statuses = Object.keys(operation.responses);
    expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1);
    const isOpen = operation.security?.length === 0;
    expect(statuses.includes('401')).toBe(!isOpen);
    expect(isOpen).toBe(!path.startsWith('/v1/'));
  });

  it.each(operations)('$name: describes each parameter and gives an example', ({ operation }) => {
    const parameters = parametersOf(operation);
    for (const { name, description, schema } of parameters) {
      expect(`${name}: ${description}`).toMatch(/: \S/);
      expect([name, schema.examples ?? schema.items?.examples]).toEqual([name, expect.anything()]);
    }
    const names = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(operations)('$name: has a parameter for each part of its path', ({ path, operation }) => {
    const inPath = parametersOf(operation).filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
  });

  it('tells of every refusal that there is, but those of a router', () => {
    const told = references(operations).flatMap((pointer) => JSON.stringify(at(pointer)));
    const untold = Object.keys(PROBLEMS).filter((code) => !told.some((text) => text.includes(`"${code}"`)));
    expect(untold).toEqual(['method-not-allowed', 'not-acceptable']);
  });
});

describe.each(RECORD_TYPE_NAMES)('%s in the document', (type) => {
  const { schemas } = document.components;
  const name = recordName(type);
  const fields = fieldsOf(RECORD_TYPES[type].input).map((field) => field.name);

  it('can be created, read, changed, deleted, restored, listed, explained and batched', () => {
    expect(Object.keys(document.paths[`/v1/${type}`] ?? {}).sort()).toEqual(['get', 'post']);
    expect(Object.keys(document.paths[`/v1/${type}/{id}`] ?? {}).sort()).toEqual(['delete', 'get', 'patch']);
    for (const path of [`post /v1/${type}/{id}/restore`, `get /v1/${type}/{id}/history`, `post /v1/${type}/batch`]) {
      expect(operation(path).operationId).toMatch(name);
    }
  });

  it('shows every field, takes those that can be given, and refuses others', () => {
    const shown = recordFields(type).map((field) => field.name);
    expect(Object.keys(schemas[name]?.properties ?? {})).toEqual(shown);
    expect(Object.keys(schemas[`${name}Create`]?.properties ?? {})).toEqual(fields);
    expect(schemas[`${name}Create`]?.additionalProperties).toBe(false);
    const changeable = fields.filter((field) => field !== 'createdAt');
    expect(Object.keys(schemas[`${name}Patch`]?.properties ?? {})).toEqual(changeable);
    expect(schemas[`${name}Patch`]?.additionalProperties).toBe(false);
    expect(schemas[`${name}Patch`]?.required).toBeUndefined();
  });

  it('is filtered by each field with each of its operators, and sorted by what is sortable', () => {
    const list = parametersOf(operation(`get /v1/${type}`));
    const names = list.map((parameter) => parameter.name);
    for (const field of recordFields(type)) {
      for (const operator of FILTER_OPERATORS[field.kind]) {
        expect(names).toContain(operator === 'eq' ? field.name : `${field.name}.${operator}`);
      }
      const sorts = list.find((parameter) => parameter.name === 'sort')?.schema.enum ?? [];
      expect(sorts.includes(`-${field.name}`)).toBe(field.sortable ?? false);
    }
  });

  it('demands If-Match where a change could be lost', () => {
    for (const method of ['patch', 'delete']) {
      const ifMatch = parametersOf(operation(`${method} /v1/${type}/{id}`)).find((p) => p.name === 'If-Match');
      expect(ifMatch?.required).toBe(true);
    }
  });
});

describe.each(REPORT_NAMES)('the report on %s in the document', (report) => {
  const { dimensions, measures } = REPORTS[report];
  const parameters = parametersOf(operation(`get /v1/reports/${report}`));

  it('groups and filters by every dimension', () => {
    const groupBy = parameters.find(({ name }) => name === 'groupBy');
    expect(groupBy?.schema.items?.enum).toEqual(dimensions);
    expect(parameters.map(({ name }) => name)).toEqual(expect.arrayContaining([...dimensions]));
  });

  it('answers with every measure, as JSON, CSV or JSON lines', () => {
    const answer = operation(`get /v1/reports/${report}`).responses[200];
    const content = answer !== undefined && 'content' in answer ? answer.content : undefined;
    expect(Object.keys(content ?? {})).toEqual(['application/json', 'text/csv', 'application/x-ndjson']);
    const example = content?.['application/json']?.example as { readonly totals: object };
    expect(Object.keys(example.totals)).toEqual(Object.keys(measures));
  });
});
