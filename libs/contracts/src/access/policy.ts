import { ACCESS_TABLE, type AccessRow } from './access-table.js';
import { HIDDEN_FIELDS, type Shown } from './hidden-fields.js';
import type { Role } from './roles.js';
import { routesOf } from './routes.js';
import { isWider, type Scope } from './scopes.js';

/** What somebody may do: with whose records, and in which of their roles. */
export interface Grant {
  readonly role: Role;
  readonly scope: Exclude<Scope, 'none'>;
}

const rows: ReadonlyMap<string, AccessRow> = new Map(
  ACCESS_TABLE.flatMap((row) => row.routes.flatMap(routesOf).map((route): [string, AccessRow] => [route, row])),
);

/** Every route of the table, such as `GET /v1/prospects/{id}`. */
export const KNOWN_ROUTES: readonly string[] = [...rows.keys()];

/**
 * What somebody in these roles is granted at a route: by the role with the widest scope, from which never more is
 * hidden than from the others. Undefined when no role allows it, and for a route that stands in no row. Pure.
 */
export function grantFor(roles: readonly Role[], route: string): Grant | undefined {
  const row = rows.get(route);
  if (row === undefined) return undefined;
  let widest: Grant | undefined;
  for (const role of roles) {
    const scope = row.scopes[role];
    if (scope !== 'none' && (widest === undefined || isWider(scope, widest.scope))) widest = { role, scope };
  }
  return widest;
}

/** The fields that are unknown to somebody in a role. Pure. */
export function hiddenFrom(role: Role, shown: Shown): readonly string[] {
  return HIDDEN_FIELDS[role][shown] ?? [];
}
