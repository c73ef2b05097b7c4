import type { JsonObject } from '@sillage/kernel';
import type { JsonSchema, Reference } from '../openapi/document-types.js';

/* AsyncAPI 3.0 (https://www.asyncapi.com/docs/reference/specification/v3.0.0), as far as this document uses it. */

export interface MessageTrait {
  readonly contentType: string;
  readonly correlationId: { readonly description: string; readonly location: string };
  readonly bindings: JsonObject;
}

export interface Message {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly tags: readonly { readonly name: string }[];
  readonly headers: JsonSchema;
  readonly payload: JsonSchema;
  readonly traits: readonly Reference[];
  readonly examples?: readonly { readonly headers: JsonObject; readonly payload: JsonObject }[];
}

export interface Channel {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly messages: { readonly [name: string]: Reference };
  readonly bindings: JsonObject;
}

export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: { readonly name: string; readonly url: string };
    readonly tags: readonly { readonly name: string; readonly description: string }[];
  };
  readonly defaultContentType: string;
  readonly channels: { readonly [name: string]: Channel };
  readonly operations: {
    readonly [name: string]: {
      readonly action: 'send';
      readonly channel: Reference;
      readonly summary: string;
    };
  };
  readonly components: {
    readonly messages: { readonly [name: string]: Message };
    readonly messageTraits: { readonly [name: string]: MessageTrait };
    readonly schemas: { readonly [name: string]: JsonSchema };
  };
}
