import type { Reference } from './document-types.js';

/* A component by its name in the document. */

export function schemaRef(name: string): Reference {
  return { $ref: `#/components/schemas/${name}` };
}

export function parameterRef(name: string): Reference {
  return { $ref: `#/components/parameters/${name}` };
}

export function headerRef(name: string): Reference {
  return { $ref: `#/components/headers/${name}` };
}

export function responseRef(name: string): Reference {
  return { $ref: `#/components/responses/${name}` };
}
