import type { ViewReader } from '@sillage/view-store';
import type { Dimension } from './dimension.js';

/** An account or client as reports show it; its name is null when it has none any more. */
export type Named = { readonly id: string; readonly name: string | null };

const PAGE = 1_000;

/** The names of accounts or clients, deleted ones included, by id. */
export async function readNames(
  reader: ViewReader,
  tenant: string,
  kind: 'account' | 'client',
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const view = kind === 'account' ? 'accounts' : 'clients';
  const [wanted, names] = [[...new Set(ids)], new Map<string, string>()];
  for (let start = 0; start < wanted.length; start += PAGE) {
    for (const { id, document } of await reader.get(view, tenant, wanted.slice(start, start + PAGE))) {
      if (typeof document.name === 'string') names.set(id, document.name);
    }
  }
  return names;
}

export function isNamed(kind: Dimension['kind']): kind is 'account' | 'client' {
  return kind === 'account' || kind === 'client';
}
