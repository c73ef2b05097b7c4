import type { JsonValue, ProblemCode } from '@sillage/kernel';

/*
 * OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1) and JSON Schema 2020-12, as far as this document uses them. Stricter
 * than the specification where that is this document's rule: every parameter, header and answer has a description.
 */

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';

export interface JsonSchema {
  readonly $ref?: string;
  readonly title?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly description?: string;
  readonly format?: 'date-time' | 'date' | 'uuid' | 'idn-email' | 'uri-reference';
  readonly enum?: readonly JsonValue[];
  readonly const?: JsonValue;
  readonly default?: JsonValue;
  readonly examples?: readonly JsonValue[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly propertyNames?: JsonSchema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

export interface Reference {
  readonly $ref: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly required?: boolean;
  /**
   * Its example is `examples` of the schema, not `example` of the parameter: Swagger UI sends the latter with a request
   * unless each is cleared by hand, so that a list tried out would be filtered by everything at once.
   */
  readonly schema: JsonSchema;
  readonly style?: 'form';
  readonly explode?: boolean;
  readonly example?: JsonValue;
}

export interface Header {
  readonly description: string;
  readonly schema: JsonSchema;
}

export interface MediaType {
  readonly schema: JsonSchema;
  readonly example?: JsonValue;
  readonly examples?: { readonly [name: string]: { readonly summary: string; readonly value: JsonValue } };
}

export interface Content {
  readonly [mediaType: string]: MediaType;
}

export interface Response {
  readonly description: string;
  readonly headers?: { readonly [name: string]: Reference };
  readonly content?: Content;
}

export interface RequestBody {
  readonly description: string;
  readonly required: true;
  readonly content: Content;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security?: readonly Record<string, never>[];
  readonly parameters: readonly (Parameter | Reference)[];
  readonly requestBody?: RequestBody;
  readonly responses: { readonly [status: string]: Response | Reference };
}

export type Method = 'get' | 'post' | 'patch' | 'delete';

export interface Components {
  readonly schemas: { readonly [name: string]: JsonSchema };
  readonly parameters: { readonly [name: string]: Parameter };
  readonly headers: { readonly [name: string]: Header };
  readonly responses: { readonly [name: string]: Response };
  readonly securitySchemes: { readonly [name: string]: { readonly [member: string]: string } };
}

export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: { readonly name: string; readonly identifier: string };
  };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly { readonly [scheme: string]: readonly string[] }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: { readonly [path: string]: { readonly [M in Method]?: Operation } };
  readonly components: Components;
}

/** An operation as the files of this folder describe it, before the document spells out its problems. */
export interface Route {
  readonly path: `/${string}`;
  readonly method: Method;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters: readonly (Parameter | Reference)[];
  readonly requestBody?: RequestBody;
  /** What it answers when all is well, by status. */
  readonly answers: { readonly [status: string]: Response };
  /** What it may refuse with, beside what every operation that needs a token may. */
  readonly problems: readonly ProblemCode[];
  /** Needs no token. */
  readonly open?: true;
}
