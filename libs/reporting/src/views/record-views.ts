import { type FieldSpec, fieldsOf, RECORD_TYPE_NAMES, type RecordTypeName, recordFields } from '@sillage/contracts';
import type { View, ViewField } from '@sillage/view-store';

/** A field of a list, with the values that it can have where these are fixed. */
export interface ListedField extends ViewField {
  readonly choices?: readonly string[];
}

/** A view that lists are read from. */
export interface ListedView extends View {
  readonly fields: { readonly [path: string]: ListedField };
}

/** The lists of the public API: one view a record type, of the public records as they are. */
export const RECORD_VIEWS: { readonly [type in RecordTypeName]: ListedView } = recordViews();

/** The view of a record type: what its lists filter, sort and search by. Pure. */
export function recordView(type: RecordTypeName): ListedView {
  return { name: type, fields: Object.fromEntries(recordFields(type).flatMap((spec) => listedFields(spec, ''))) };
}

function recordViews(): { readonly [type in RecordTypeName]: ListedView } {
  const views = Object.fromEntries(RECORD_TYPE_NAMES.map((type) => [type, recordView(type)]));
  return views as { [type in RecordTypeName]: ListedView };
}

/** A field by its path; the fields within an object by theirs; none for a list of objects, which no filter reaches. */
function listedFields(spec: FieldSpec, prefix: string): readonly (readonly [path: string, field: ListedField])[] {
  const path = prefix + spec.name;
  switch (spec.kind) {
    case 'object':
      return spec.of === undefined ? [] : fieldsOf(spec.of).flatMap((inner) => listedFields(inner, `${path}.`));
    case 'list':
      return [];
    case 'choice':
      return [[path, { kind: 'keyword', ...marks(spec), ...(spec.choices && { choices: spec.choices }) }]];
    default:
      return [[path, { kind: spec.kind, ...marks(spec) }]];
  }
}

function marks({ sortable, searched }: FieldSpec): Pick<ViewField, 'sortable' | 'searched'> {
  return { ...(sortable && { sortable }), ...(searched && { searched }) };
}
