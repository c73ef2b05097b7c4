import fc, { type Arbitrary } from 'fast-check';
import type { ApiDocument, Operation, Parameter } from './api-document.js';
import { Values } from './values.js';

/** A request that a caller might send who has read the document, or has not read it well. */
export interface FuzzedRequest {
  readonly operation: Operation;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

/** Ids of records that there are, by the collection that they are in. */
export class KnownIds {
  private readonly byCollection = new Map<string, string[]>();

  /** @param path of the collection, such as `/v1/accounts` */
  add(path: string, id: string): void {
    const ids = this.byCollection.get(path) ?? [];
    this.byCollection.set(path, [...ids.slice(1 - MOST_KNOWN), id]);
  }

  in(path: string): readonly string[] {
    return this.byCollection.get(path) ?? [];
  }

  all(): readonly string[] {
    return [...this.byCollection.values()].flat();
  }
}

/** Ids of a collection: the last so many. */
const MOST_KNOWN = 10;

/** One of so many parameters that may be left out is given. */
const GIVEN = 12;

/** Bodies that no schema leads to. */
const ODD_BODIES = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '{"a":1,"a":2}',
  '{"__proto__":{"a":1}}',
  '[[[[',
  '\ufeff{}',
  '1e999',
];

const ODD_HEADERS: readonly Record<string, string>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-encoding': 'gzip' },
  { 'if-match': 'W/"1"' },
  { 'if-match': '"99999999999999999999"' },
  { 'idempotency-key': 'k'.repeat(201) },
  { 'sillage-wait-for': '-1' },
  { accept: 'text/csv' },
  { accept: 'image/png' },
  { 'accept-language': 'fr' },
  { 'accept-language': '*;q=2, ,;' },
  { authorization: 'Bearer nobody' },
  { authorization: 'Basic eDp5' },
];

/** Makes requests for every operation of a document. */
export class Requests {
  private readonly values: Values;

  constructor(
    private readonly document: ApiDocument,
    private readonly known: KnownIds,
  ) {
    this.values = new Values(document, () => known.all());
  }

  any(): Arbitrary<FuzzedRequest> {
    return fc.constantFrom(...this.document.operations).chain((operation) => this.of(operation));
  }

  private of(operation: Operation): Arbitrary<FuzzedRequest> {
    const isSpoiled = fc.nat(GIVEN);
    return fc
      .record({
        path: this.path(operation),
        query: this.query(operation),
        headers: this.headers(operation),
        body: this.body(operation),
        odd: fc.constantFrom(...ODD_HEADERS),
        spoiled: isSpoiled,
      })
      .map(({ path, query, headers, body, odd, spoiled }) => ({
        operation,
        path: query === '' ? path : `${path}?${query}`,
        headers: spoiled === 0 ? { ...headers, ...odd } : headers,
        body,
      }));
  }

  private path({ path, parameters }: Operation): Arbitrary<string> {
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    const own = this.known.in(path.slice(0, path.indexOf('/{')));
    const value = (parameter: Parameter): Arbitrary<unknown> =>
      own.length === 0
        ? this.value(parameter)
        : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...own) }, this.value(parameter));
    return fc
      .tuple(...inPath.map(value))
      .map((values) =>
        inPath.reduce((text, { name }, index) => text.replace(`{${name}}`, () => segment(values[index])), path),
      );
  }

  private query({ parameters }: Operation): Arbitrary<string> {
    const known = parameters.filter((parameter) => parameter.in === 'query');
    const one = known.length === 0 ? fc.nat(0) : fc.nat(known.length - 1);
    const given = fc.array(
      one.chain((index) => {
        const parameter = known[index];
        if (parameter === undefined) return fc.constant('');
        return this.value(parameter).map((value) => asQuery(parameter, value));
      }),
      { maxLength: 3 },
    );
    const unknown = fc.constantFrom(
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      'unknown=1',
      '%00=%00',
      '[]=1',
      '&&=&',
      'a.b.c.gte=1',
    );
    return fc.tuple(given, unknown).map((parts) =>
      parts
        .flat()
        .filter((part) => part !== '')
        .join('&'),
    );
  }

  private headers({ parameters, body }: Operation): Arbitrary<Record<string, string>> {
    const inHeader = parameters.filter((parameter) => parameter.in === 'header');
    const given = fc.tuple(
      ...inHeader.map((parameter) =>
        fc.option(this.value(parameter), { freq: parameter.required ? GIVEN : 1, nil: undefined }),
      ),
    );
    const mediaType = fc.constantFrom(...(body?.mediaTypes ?? ['']));
    return fc.tuple(given, mediaType).map(([values, type]) => ({
      ...(type === '' ? {} : { 'content-type': type }),
      ...Object.fromEntries(
        inHeader.flatMap(({ name }, index) => (values[index] === undefined ? [] : [[name, headerText(values[index])]])),
      ),
    }));
  }

  private body({ body }: Operation): Arbitrary<string | undefined> {
    if (body === undefined) return fc.constant(undefined);
    return fc.oneof(
      { weight: 6, arbitrary: this.values.valid(body.schema).map(asJson) },
      { weight: 6, arbitrary: this.values.nearlyValid(body.schema).map(asJson) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD_BODIES) },
    );
  }

  private value({ schema, name }: Parameter): Arbitrary<unknown> {
    // A position that is not there yet is waited for, two seconds each.
    if (name === 'Sillage-Wait-For') return fc.constantFrom('0', '1', 'x');
    return fc.oneof(
      { weight: 8, arbitrary: this.values.valid(schema) },
      { weight: 2, arbitrary: this.values.nearlyValid(schema) },
    );
  }
}

function asQuery({ name, schema }: Parameter, value: unknown): string {
  if (schema.type === 'object' && typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, item]) => `${encoded(key)}=${encoded(asText(item))}`)
      .join('&');
  }
  return [value]
    .flat()
    .map((item) => `${encoded(name)}=${encoded(asText(item))}`)
    .join('&');
}

/** A part of a path; none that a client would take for a way to another path. */
function segment(value: unknown): string {
  const text = asText(value);
  return /^\.{0,2}$/.test(text) ? 'x' : encoded(text);
}

function asJson(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

function asText(value: unknown): string {
  return typeof value === 'object' ? asJson(value).slice(0, 200) : String(value).slice(0, 2_500);
}

/** A client can encode no half of a character: it sends what stands for one that was lost. */
function encoded(text: string): string {
  return encodeURIComponent(text.slice(0, 2_500).toWellFormed());
}

/** What `fetch` sends as a header: visible ASCII. */
function headerText(value: unknown): string {
  return asText(value)
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 1_000);
}
