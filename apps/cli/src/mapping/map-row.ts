import type { RecordTypeName } from '@sillage/contracts';
import { isJsonObject, type JsonObject, type JsonValue } from '@sillage/kernel';
import { booleanIn, dateIn, momentIn, moneyIn, numberIn, RowRefused, textsIn } from './cells.js';
import type { FieldRule, FileMapping, Source, Target } from './mapping.js';
import { fillTemplate } from './template.js';

/** A record as a row gives it, but for its references, which are still external ids. */
export interface MappedRow {
  readonly externalId: string;
  readonly fields: JsonObject;
  readonly references: readonly RowReference[];
}

export interface RowReference {
  /** The field that is to hold the id. */
  readonly field: string;
  readonly type: RecordTypeName;
  readonly externalId: string;
}

type CellOf = (column: string) => string | undefined;

/**
 * What makes records of the rows of a file. Pure. A cell is trimmed; one that is empty, or that the mapping declares
 * empty, leaves its field out.
 *
 * @param header the names of the columns, in order
 * @returns a function of a row's cells; it throws RowRefused for what it cannot read
 */
export function rowMapper(
  mapping: FileMapping,
  timeZone: string,
  header: readonly string[],
): (cells: readonly string[]) => MappedRow {
  const indexes = new Map(header.map((column, index) => [column, index]));
  return (cells) => {
    const cell: CellOf = (column) => {
      const text = cells[indexes.get(column) ?? -1]?.trim() ?? '';
      return text === '' || mapping.empty.has(text) ? undefined : text;
    };
    const externalId = fillTemplate(mapping.externalId, cell);
    if (externalId === undefined) throw new RowRefused('it has no external id');
    return { externalId, ...mapFields(mapping.fields, cell, timeZone) };
  };
}

function mapFields(rules: readonly FieldRule[], cell: CellOf, timeZone: string): Omit<MappedRow, 'externalId'> {
  const fields: Record<string, JsonValue> = {};
  const references: RowReference[] = [];
  for (const rule of rules) {
    const text = textFor(rule, cell);
    if (text === undefined) continue;
    const { path, target } = rule;
    if (target.kind === 'reference') references.push({ field: path[0], type: target.to, externalId: text });
    else
      place(
        fields,
        path,
        inField(path, () => readValue(target, text, cell, timeZone)),
      );
  }
  return { fields, references };
}

function textFor({ path, source, values, when }: FieldRule, cell: CellOf): string | undefined {
  if (when !== undefined && !when.values.has(cell(when.column) ?? '')) return undefined;
  const text = textOf(source, cell);
  if (text === undefined || values === undefined) return text;
  const known = values.by.get(text);
  if (known === undefined && values.others === 'refuse') {
    throw new RowRefused(`${path.join('.')}: "${text}" is not among the values of the mapping`);
  }
  return known ?? text;
}

type ValueTarget = Exclude<Target, { kind: 'reference' }>;

function readValue(target: ValueTarget, text: string, cell: CellOf, timeZone: string): JsonValue {
  switch (target.kind) {
    case 'text':
      return text;
    case 'texts':
      return textsIn(text, target.separator);
    case 'number':
      return numberIn(text, target.form, target.scale);
    case 'boolean':
      return booleanIn(text);
    case 'date':
      return dateIn(text);
    case 'instant':
      return momentIn(text, timeZone);
    case 'money': {
      const currency = textOf(target.currency, cell);
      if (currency === undefined) throw new RowRefused('the amount has no currency');
      return moneyIn(text, target.scale, currency);
    }
    default:
      return target satisfies never;
  }
}

function textOf(source: Source, cell: CellOf): string | undefined {
  return source.from === 'mapping' ? source.text : fillTemplate(source.template, cell);
}

function inField(path: FieldRule['path'], value: () => JsonValue): JsonValue {
  try {
    return value();
  } catch (error) {
    throw error instanceof RowRefused ? new RowRefused(`${path.join('.')}: ${error.message}`) : error;
  }
}

/** Paths are at most two names long: a field, or a member of a field that is an object. */
function place(fields: Record<string, JsonValue>, [field, member]: FieldRule['path'], value: JsonValue): void {
  const current = fields[field];
  if (member === undefined) fields[field] = value;
  else fields[field] = { ...(isJsonObject(current) ? current : {}), [member]: value };
}
