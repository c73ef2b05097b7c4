/**
 * What a field holds. It decides the form of its JSON, how lists filter and sort by it, and whether a search reads it:
 * - `keyword`: a short text; `text`: a long one, only searched
 * - `number`; `instant`: RFC 3339, kept in UTC; `date`: `YYYY-MM-DD`
 * - `money`: `{value, currency}`; `reference`: the id of another record
 * - `choice`: one of fixed values; `keywords`: a list of short texts, or of fixed values; `open`: an object of scalars under free keys
 * - `object`: fields of its own; `list`: a list of such objects
 */
export type FieldKind =
  | 'keyword'
  | 'text'
  | 'number'
  | 'instant'
  | 'date'
  | 'money'
  | 'reference'
  | 'choice'
  | 'keywords'
  | 'open'
  | 'object'
  | 'list';

/** A field of a request or record as declared once: rules, lists, search and documents all come from it. */
export interface FieldSpec {
  readonly name: string;
  readonly kind: FieldKind;
  readonly description: string;
  readonly example?: string | number;
  readonly required?: boolean;
  /** The most characters, entries or keys. */
  readonly limit?: number;
  /** The most characters of each text within, for `keywords` and `open`. */
  readonly entryLimit?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly decimals?: number;
  readonly format?: 'email' | 'uri' | 'uuid' | 'decimal' | 'currency';
  readonly choices?: readonly string[];
  /** Plural name of the type that a reference leads to. */
  readonly refersTo?: string;
  /** Of `object`, `list` and `money`: the class that declares the fields within. */
  readonly of?: FieldsClass;
  /** Lists can be sorted by it. */
  readonly sortable?: boolean;
  /** `q=` finds its words. */
  readonly searched?: boolean;
  /** May say something of a person: where a record is about persons, it is kept sealed and can be erased. */
  readonly personal?: boolean;
  /** Set by Sillage: shown, never taken. */
  readonly readOnly?: boolean;
  /** May be given at creation only. */
  readonly creationOnly?: boolean;
}

/** A class whose decorated properties are the fields of a request, a record, or a part of one. */
export type FieldsClass = new () => object;

/** A whole record, or a merge patch: then every field may be left out, and null removes one that is not required. */
export type ParseMode = 'whole' | 'patch';

const declared = new Map<FieldsClass, FieldSpec[]>();
const complete = new Map<FieldsClass, readonly FieldSpec[]>();

export function declareField(owner: FieldsClass, spec: FieldSpec): void {
  declared.set(owner, [...(declared.get(owner) ?? []), spec]);
}

/** The fields of a class and of those it extends, its own first. */
export function fieldsOf(owner: FieldsClass): readonly FieldSpec[] {
  const known = complete.get(owner);
  if (known !== undefined) return known;
  const parent = Object.getPrototypeOf(owner) as FieldsClass | null;
  const inherited = typeof parent === 'function' && parent.prototype ? fieldsOf(parent) : [];
  const fields = [...(declared.get(owner) ?? []), ...inherited];
  complete.set(owner, fields);
  return fields;
}
