import type { JsonObject, JsonValue } from '@sillage/kernel';

/**
 * A message with `{names}` of what it needs to say. Of several, the first counts whose names are all known; the last has
 * none.
 */
export type Template = string | readonly [string, ...string[]];

/** The message with its names replaced. Pure. */
export function fill(template: Template, params: JsonObject): string {
  const variants = [template].flat();
  const fitting = variants.find((text) => namesIn(text).every((name) => isKnown(params[name])));
  return (fitting ?? variants.at(-1) ?? '').replace(NAME, (_, name: string) => String(params[name] ?? ''));
}

const NAME = /\{(\w+)\}/g;

export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(NAME)].map(([, name = '']) => name);
}

function isKnown(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}
