import type { Upcasters } from '../events.js';
import type { JsonObject } from '../json.js';
import type { Pipeline } from './pipeline.js';

/** The fields of a record by name. A field that is not set is absent, never null. */
export type Fields = JsonObject;

/** A change that somebody wants: what the type's own rules judge and complete. */
export interface Change {
  /** Undefined when the record is being created. */
  readonly before: Fields | undefined;
  /** The fields as they would be if the wish were taken as it is. */
  readonly wanted: Fields;
  /** What the caller gave: tells a field that was set from one that was left. */
  readonly given: JsonObject;
  /** Now, as an instant in UTC. */
  readonly at: string;
  /** The pipeline that the record would be in, for types that move through one. */
  readonly pipeline: Pipeline | undefined;
}

/** A business fact before it is an event: its type and the new value of each field it changes, null where cleared. */
export interface Fact {
  readonly type: string;
  readonly data: JsonObject;
}

/** What records of a type say of persons (GDPR, article 4). */
export interface PersonalData {
  /** The fields that may say it. No other field of the type may. */
  readonly fields: readonly string[];
  /** The record tells of a person, or of something that concerns those whom these references lead to. */
  readonly of: 'a-person' | { readonly those: readonly string[] };
  /** The event that tells that these fields are gone, for ever. */
  readonly forgotten: string;
}

/**
 * One of the CRM's record types. The life of a record (create, change, delete, restore, repeat) is the same for all
 * and written once, in this folder; a type adds its names, its references and its rules.
 */
export interface RecordType {
  /** Singular, and the category of its streams: `opportunity`. */
  readonly name: string;
  /** As in the API's paths: `opportunities`. */
  readonly plural: string;
  readonly events: { readonly created: string; readonly deleted: string; readonly restored: string };
  /** Fields that hold the id of a record of another type, by the plural name of that type. */
  readonly references: { readonly [field: string]: string };
  /** Fields that hold money. */
  readonly money: readonly string[];
  /** The field that makes records of this type a tree. */
  readonly parent?: string;
  /** Set when the record moves through the stages of a pipeline. */
  readonly movesThrough?: Pipeline['appliesTo'];
  /** Set when records of the type say something of persons, who may ask to be forgotten. */
  readonly personal?: PersonalData;
  readonly upcasters: Upcasters;

  /**
   * The fields as they will be: the wish, completed by what follows from it. Pure.
   * @throws Problem when the type's rules forbid the wish.
   */
  settle(change: Change): Fields;

  /** Names the business facts that a change of these fields amounts to, in the order in which they are told. */
  tell(before: Fields, after: Fields, changed: readonly string[]): readonly Fact[];
}

/** Which fact tells of a change of these fields. */
export interface FactRule {
  readonly type: string;
  readonly fields: readonly string[];
}

/** One fact for each rule that has a changed field; what no rule names is told by the fact `otherwise`. */
export function tellByField(
  rules: readonly FactRule[],
  otherwise: string,
): (before: Fields, after: Fields, changed: readonly string[]) => readonly Fact[] {
  return (_before, after, changed) => {
    const named = new Set(rules.flatMap((rule) => rule.fields));
    const rest = { type: otherwise, fields: changed.filter((field) => !named.has(field)) };
    return [...rules, rest].flatMap((rule) => factOf(rule, after, changed));
  };
}

/** The fact of a rule, if one of its fields changed. */
export function factOf(rule: FactRule, after: Fields, changed: readonly string[]): readonly Fact[] {
  const fields = rule.fields.filter((field) => changed.includes(field));
  if (fields.length === 0) return [];
  return [{ type: rule.type, data: Object.fromEntries(fields.map((field) => [field, after[field] ?? null])) }];
}
