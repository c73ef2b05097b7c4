import type { JsonObject } from '@sillage/kernel';
import type { ReadScope } from '../read-models.js';
import type { ListedView } from '../views/record-views.js';

/** A view as it is to somebody from whom fields are hidden: filters and sorts know nothing of them. Pure. */
export function visibleView(view: ListedView, { hidden = [] }: ReadScope): ListedView {
  return hidden.length === 0 ? view : { ...view, fields: withoutMembers(view.fields, hidden) };
}

/** Documents, as JSON, without what is hidden. */
export function visibleDocuments(documents: readonly string[], { hidden = [] }: ReadScope): readonly string[] {
  if (hidden.length === 0) return documents;
  return documents.map((document) => JSON.stringify(withoutMembers(JSON.parse(document) as JsonObject, hidden)));
}

export function withoutMembers<Value>(
  members: { readonly [name: string]: Value },
  names: readonly string[],
): { readonly [name: string]: Value } {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}
