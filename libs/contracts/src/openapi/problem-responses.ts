import type { ProblemCode } from '@sillage/kernel';
import type { Reference, Response } from './document-types.js';
import { responseHeaders } from './headers.js';
import { httpAnswer, problemType } from './http-answers.js';
import { capitalized } from './json-schema.js';
import { responseRef, schemaRef } from './references.js';

/** The answers of an operation that may refuse with these codes, by status. */
export function problemResponses(codes: readonly ProblemCode[]): { readonly [status: string]: Reference } {
  return Object.fromEntries(byStatus(codes).map(([status, group]) => [status, responseRef(responseName(group))]));
}

/** The components that `problemResponses` refers to. */
export function problemComponents(codes: readonly ProblemCode[]): { readonly [name: string]: Response } {
  return Object.fromEntries(byStatus(codes).map(([, group]) => [responseName(group), response(group)]));
}

function byStatus(codes: readonly ProblemCode[]): readonly [status: number, codes: readonly ProblemCode[]][] {
  const unique = [...new Set(codes)].sort();
  return [...Map.groupBy(unique, (code) => httpAnswer(code).status)].sort(([a], [b]) => a - b);
}

/** Operations that may refuse with the same codes share an answer: `ExternalIdTakenOrConcurrentChange`. */
function responseName(codes: readonly ProblemCode[]): string {
  return codes.map((code) => code.split('-').map(capitalized).join('')).join('Or');
}

function response(codes: readonly ProblemCode[]): Response {
  const [first] = codes;
  if (first === undefined) throw new Error('An answer without a code');
  const { status, meaning, headers = [] } = httpAnswer(first);
  const example = {
    type: problemType(first),
    title: meaning,
    status,
    detail: 'What is wrong, and what to do about it.',
    code: first,
    requestId: '0199a1f0-5c3e-7d21-9b4a-0a0b0c0d0e0f',
  };
  const narrowed = { properties: { status: { const: status }, code: { enum: codes } } };
  return {
    description: `${meaning}. Code: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    headers: responseHeaders(...headers),
    content: { 'application/problem+json': { schema: { allOf: [schemaRef('Problem'), narrowed] }, example } },
  };
}
