import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer } from '../api.js';
import type { ApiDocument, Operation, Schema } from './api-document.js';

/** Problems of the router, which are no operation's: see the document's own spec. */
const OF_THE_ROUTER = new Set(['405 method-not-allowed', '406 not-acceptable']);

/** Judges answers by the document that promises them. */
export class Answers {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<Schema, ValidateFunction>();

  constructor({ document }: ApiDocument) {
    addFormats.default(this.ajv);
    this.ajv.addFormat('idn-email', /^[^@]+@[^@]+$/);
    this.ajv.addSchema(document, 'api');
  }

  /** What of an answer the document does not promise; undefined when all is as it says. */
  complaint({ responses }: Operation, { status, headers, text }: Answer): string | undefined {
    if (status >= 500 && status !== 503) return `status ${status}`;
    const mediaType = headers.get('content-type')?.split(';', 1)[0] ?? '';
    const isJson = /[/+]json$/.test(mediaType);
    const body: unknown = isJson ? JSON.parse(text) : undefined;
    const promised = responses[status];
    if (promised === undefined) {
      const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : '';
      return OF_THE_ROUTER.has(`${status} ${code}`) ? undefined : `status ${status} is not in the document`;
    }
    const missing = Object.keys(promised.headers ?? {}).find(
      (name) => !headers.has(name) && name !== 'Sillage-Position',
    );
    if (missing !== undefined && !(status === 429)) return `status ${status} without ${missing}`;
    if (promised.content === undefined) return text === '' ? undefined : `status ${status} with a body`;
    const content = promised.content[mediaType];
    if (content === undefined) return `status ${status} as ${mediaType}`;
    return isJson ? this.complaintOfBody(content.schema, body) : undefined;
  }

  private complaintOfBody(schema: Schema, body: unknown): string | undefined {
    const validate = this.compiled.get(schema) ?? this.compile(schema);
    if (validate(body)) return undefined;
    const [error] = validate.errors ?? [];
    return `a body that is not as promised: ${error?.instancePath} ${error?.message}`;
  }

  /** References of a part of the document are into the whole of it. */
  private compile(schema: Schema): ValidateFunction {
    const whole = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as object;
    const validate = this.ajv.compile(whole);
    this.compiled.set(schema, validate);
    return validate;
  }
}
