import { hiddenFrom, type Role, type Shown } from '@sillage/contracts';

/** What the one who asks may do at the route that they ask at. */
export interface Access {
  /** In which of their roles they ask. */
  readonly role: Role;
  /** Names of the owners whose records are within reach, their own first; undefined for everybody's. */
  readonly owners: readonly string[] | undefined;
}

/** What of the views they may see, as the reporting service is told. */
export function readScope({ role, owners }: Access, shown: Shown) {
  const hidden = hiddenFrom(role, shown);
  return { ...(owners === undefined ? {} : { owners }), ...(hidden.length === 0 ? {} : { hidden }) };
}
