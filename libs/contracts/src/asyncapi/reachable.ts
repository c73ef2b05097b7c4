import type { JsonSchema } from '../openapi/document-types.js';

interface Schemas {
  readonly [name: string]: JsonSchema;
}

/** Of the schemas, those that a part of a document refers to, itself or by way of another. */
export function reachable(part: unknown, schemas: Schemas): Schemas {
  const reached = new Map<string, JsonSchema>();
  const visit = (value: unknown): void => {
    for (const name of schemaNamesIn(value)) {
      const schema = schemas[name];
      if (schema === undefined || reached.has(name)) continue;
      reached.set(name, schema);
      visit(schema);
    }
  };
  visit(part);
  return Object.fromEntries(reached);
}

function schemaNamesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' ? (/^#\/components\/schemas\/(.+)$/.exec(String(inner))?.slice(1) ?? []) : schemaNamesIn(inner),
  );
}
