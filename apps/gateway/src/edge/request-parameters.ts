import { fault, notUnderstood } from '@sillage/kernel';
import type { Parameter } from '@sillage/reporting';
import type { FastifyRequest } from 'fastify';

/** More conditions than that no query of a person has, and SQLite takes no more than about a thousand. */
const MOST_PARAMETERS = 500;

/** The parameters of the query string, decoded, in the order given. */
export function parametersOf(request: FastifyRequest): readonly Parameter[] {
  const start = request.url.indexOf('?');
  if (start < 0) return [];
  const query = request.url.slice(start + 1);
  refuseUndecodable(query);
  const parameters = [...new URLSearchParams(query)];
  const surplus = parameters[MOST_PARAMETERS];
  if (surplus !== undefined) throw notUnderstood(fault(surplus[0], 'too-many', { limit: MOST_PARAMETERS }));
  return parameters;
}

/** What is no encoded UTF-8 would be replaced or left as it is in silence, and another thing looked for. */
function refuseUndecodable(query: string): void {
  if (!query.includes('%') || isDecodable(query)) return;
  const [name = ''] =
    query
      .split('&')
      .find((parameter) => !isDecodable(parameter))
      ?.split('=') ?? [];
  throw notUnderstood(fault(isDecodable(name) ? decodeURIComponent(name) : '', 'wrong-form'));
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The one value of each of these parameters that was given; any other parameter is refused. */
export function knownParameters<Name extends string>(
  request: FastifyRequest,
  ...names: readonly Name[]
): { readonly [name in Name]?: string } {
  const values: { [name in Name]?: string } = {};
  for (const [name, value] of parametersOf(request)) {
    const known = names.find((candidate) => candidate === name);
    if (known === undefined) throw notUnderstood(fault(name, 'unknown-parameter'));
    if (values[known] !== undefined) throw notUnderstood(fault(name, 'given-twice'));
    values[known] = value;
  }
  return values;
}

export function flag(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw notUnderstood(fault(name, 'not-in-set', { choices: 'true, false' }));
}
