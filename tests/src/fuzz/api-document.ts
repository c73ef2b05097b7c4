/** A JSON Schema, as far as values are made from it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly examples?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Response {
  readonly content?: { readonly [mediaType: string]: { readonly schema: Schema } };
  readonly headers?: { readonly [name: string]: unknown };
}

/** An operation, with its references followed. */
export interface Operation {
  readonly method: string;
  /** With `{names}` of its parameters. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly mediaTypes: readonly string[]; readonly schema: Schema } | undefined;
  readonly responses: { readonly [status: string]: Response };
}

interface RawOperation {
  readonly parameters: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: { readonly [mediaType: string]: { readonly schema: Schema } } };
  readonly responses: { readonly [status: string]: Response | { readonly $ref: string } };
}

interface Document {
  readonly paths: { readonly [path: string]: { readonly [method: string]: RawOperation } };
  readonly components: { readonly schemas: { readonly [name: string]: Schema } };
}

/** The OpenAPI document as a server gives it. */
export class ApiDocument {
  readonly operations: readonly Operation[];

  constructor(readonly document: Document) {
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => this.read(method.toUpperCase(), path, operation)),
    );
  }

  static async of(url: string): Promise<ApiDocument> {
    const answer = await fetch(`${url}/openapi.json`);
    return new ApiDocument((await answer.json()) as Document);
  }

  /** What a schema is, past its reference. */
  schema(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : this.schema(this.at(schema.$ref) as Schema);
  }

  private read(method: string, path: string, { parameters, requestBody, responses }: RawOperation): Operation {
    const content = Object.entries(requestBody?.content ?? {});
    const [first] = content;
    return {
      method,
      path,
      parameters: parameters.map((one) => this.resolved(one)),
      body: first && { mediaTypes: content.map(([mediaType]) => mediaType), schema: first[1].schema },
      responses: Object.fromEntries(
        Object.entries(responses).map(([status, response]) => [status, this.resolved(response)]),
      ),
    };
  }

  private resolved<Value extends object>(value: Value | { readonly $ref: string }): Value {
    return '$ref' in value ? (this.at(value.$ref) as Value) : value;
  }

  private at(pointer: string): unknown {
    return pointer
      .replace('#/', '')
      .split('/')
      .reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], this.document);
  }
}
