import type { RecordTypeName } from '@sillage/contracts';
import type { Decimal } from './decimal.js';
import type { Template } from './template.js';

/** What an import does, as a mapping file declares it. Every name in it has been checked; see docs/import.md. */
export interface Mapping {
  /** Of the import: part of what makes its requests repeatable. */
  readonly name: string;
  /** IANA name of the zone that dates and times without an offset are in. */
  readonly timeZone: string;
  readonly pipelines: readonly PipelineMapping[];
  /** In the order of the import: what is referred to comes before what refers to it. */
  readonly files: readonly FileMapping[];
}

export interface PipelineMapping {
  /** What rules of the mapping name it by. */
  readonly key: string;
  readonly name: string;
  readonly appliesTo: 'prospects' | 'opportunities';
  readonly stages: readonly {
    readonly key: string;
    readonly name: string;
    /** Per cent. */
    readonly probability: number;
    readonly kind: 'open' | 'won' | 'lost';
  }[];
}

/** Pipelines are declared in the mapping itself; users and teams are not what a file of records brings. */
export const NOT_IMPORTED = ['pipelines', 'users', 'teams'] as const;

export type ImportedType = Exclude<RecordTypeName, (typeof NOT_IMPORTED)[number]>;

export interface FileMapping {
  /** Relative to the folder that is imported. */
  readonly file: string;
  readonly type: ImportedType;
  readonly delimiter: string;
  /** Cells that say nothing, beside those without text. */
  readonly empty: ReadonlySet<string>;
  readonly externalId: Template;
  readonly fields: readonly FieldRule[];
}

/** How one field of a record is made of a row. */
export interface FieldRule {
  /** The field's name, and the name within it: `['address', 'country']`. */
  readonly path: readonly [string, ...string[]];
  readonly source: Source;
  /** By text of the cell: what stands for it. Any other text is refused, or kept as it is. */
  readonly values: { readonly by: ReadonlyMap<string, string>; readonly others: 'refuse' | 'keep' } | undefined;
  /** The rule holds only in rows where this column has one of these values. */
  readonly when: { readonly column: string; readonly values: ReadonlySet<string> } | undefined;
  readonly target: Target;
}

/** Where a text comes from: cells of the row, or the mapping itself. */
export type Source =
  | { readonly from: 'row'; readonly template: Template }
  | { readonly from: 'mapping'; readonly text: string };

/** What a text becomes. */
export type Target =
  | { readonly kind: 'text' }
  | { readonly kind: 'texts'; readonly separator: string }
  | { readonly kind: 'number'; readonly form: 'whole' | 'decimal'; readonly scale: Decimal }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'money'; readonly scale: Decimal; readonly currency: Source }
  | { readonly kind: 'date' }
  | { readonly kind: 'instant' }
  | { readonly kind: 'reference'; readonly to: RecordTypeName };

/** The columns that a file must have. */
export function columnsOf({ externalId, fields }: FileMapping): ReadonlySet<string> {
  const columns = fields.flatMap(({ source, when, target }) => [
    ...columnsOfSource(source),
    ...(target.kind === 'money' ? columnsOfSource(target.currency) : []),
    ...(when === undefined ? [] : [when.column]),
  ]);
  return new Set([...externalId.columns, ...columns]);
}

function columnsOfSource(source: Source): readonly string[] {
  return source.from === 'row' ? source.template.columns : [];
}

/** The types of the records that rows refer to. */
export function referredTypes({ files }: Mapping): ReadonlySet<RecordTypeName> {
  const targets = files.flatMap(({ fields }) => fields.map(({ target }) => target));
  return new Set(targets.flatMap((target) => (target.kind === 'reference' ? [target.to] : [])));
}

/** A pipeline of a mapping by its external id: found again by every later run, and by no other import. */
export function pipelineExternalId({ name }: Pick<Mapping, 'name'>, key: string): string {
  return `${name}/${key}`;
}
