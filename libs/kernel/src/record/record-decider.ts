import type { JsonObject, JsonValue } from '../json.js';
import { isJsonObject, mergePatch } from '../json.js';
import { amountFault, minorDigits } from '../money.js';
import { type Fault, fault, notPossible, notUnderstood, Problem } from '../problem.js';
import type { Pipeline } from './pipeline.js';
import { changedFields } from './record-changes.js';
import type { RecordState } from './record-state.js';
import type { Change, Fact, Fields, RecordType } from './record-type.js';

export type RecordCommand =
  | { readonly do: 'create'; readonly fields: Fields; readonly createdAt?: string }
  | { readonly do: 'change'; readonly patch: JsonObject }
  | { readonly do: 'delete' }
  | { readonly do: 'restore' }
  | { readonly do: 'forget' };

/** What the outside world says to a decision, looked up before it is made. */
export interface Known {
  /** Now, as an instant in UTC. */
  readonly at: string;
  /** The fields whose reference leads to no record. */
  readonly missing: readonly string[];
  /** True when the record would be above itself in the tree of its type. */
  readonly cyclic?: boolean;
  /** The pipeline that the record would be in, if it moves through one and there is that one. */
  readonly pipeline?: Pipeline;
}

/** Clocks of other machines may run ahead by so many milliseconds. */
const CLOCK_TOLERANCE = 60_000;
const MOST_CUSTOM_KEYS = 64;

/**
 * Decides which facts a command amounts to; none when it changes nothing. Pure.
 * @throws Problem when the command is not possible in this state.
 */
export function decideRecord(
  type: RecordType,
  state: RecordState | undefined,
  command: RecordCommand,
  known: Known,
): readonly Fact[] {
  switch (command.do) {
    case 'create': {
      const fields = settled(type, undefined, command.fields, command.fields, known);
      const { createdAt } = command;
      if (createdAt !== undefined) refuseFuture('createdAt', createdAt, known.at);
      return [{ type: type.events.created, data: createdAt === undefined ? fields : { ...fields, createdAt } }];
    }
    case 'change': {
      const { fields: before } = alive(state);
      const after = settled(type, before, wantedFields(before, command), command.patch, known);
      const changed = changedFields(type, before, after);
      return changed.length === 0 ? [] : type.tell(before, after, changed);
    }
    case 'delete':
      alive(state);
      return [{ type: type.events.deleted, data: {} }];
    case 'restore':
      return remembered(state).deletedAt === undefined ? [] : [{ type: type.events.restored, data: {} }];
    case 'forget':
      return present(state).forgottenAt === undefined ? [forgotten(type)] : [];
    default:
      return command satisfies never;
  }
}

/** The fields as they would be if the command were taken as it is. */
export function wantedFields(before: Fields | undefined, command: RecordCommand): Fields {
  switch (command.do) {
    case 'create':
      return command.fields;
    case 'change':
      return mergePatch(before, command.patch) as Fields;
    case 'delete':
    case 'restore':
    case 'forget':
      return before ?? {};
    default:
      return command satisfies never;
  }
}

function settled(
  type: RecordType,
  before: Fields | undefined,
  wanted: Fields,
  given: JsonObject,
  known: Known,
): Fields {
  const misunderstood = type.money.flatMap((field) => moneyFaults(field, wanted[field]));
  if (misunderstood.length > 0) throw notUnderstood(...misunderstood);
  const faults = known.missing.map((field) =>
    fault(field, 'unknown-reference', { type: type.references[field] ?? null, id: wanted[field] ?? null }),
  );
  if (type.parent !== undefined && known.cyclic) faults.push(fault(type.parent, 'refers-to-itself'));
  if (isJsonObject(wanted.custom) && Object.keys(wanted.custom).length > MOST_CUSTOM_KEYS) {
    faults.push(fault('custom', 'too-many', { limit: MOST_CUSTOM_KEYS }));
  }
  if (faults.length > 0) throw notPossible(...faults);
  const change: Change = { before, wanted, given, at: known.at, pipeline: known.pipeline };
  return type.settle(change);
}

/** A patch may give one half of an amount, so the whole is judged here, where both halves are known. */
function moneyFaults(field: string, money: JsonValue | undefined): readonly Fault[] {
  if (!isJsonObject(money)) return [];
  const { value, currency } = money;
  if (typeof value !== 'string') return [fault(`${field}.value`, 'required')];
  if (typeof currency !== 'string') return [fault(`${field}.currency`, 'required')];
  const wrong = amountFault(value, currency);
  return wrong ? [fault(`${field}.value`, wrong, { digits: minorDigits(currency) ?? null, currency })] : [];
}

export function refuseFuture(field: string, instant: string, now: string): void {
  if (Date.parse(instant) > Date.parse(now) + CLOCK_TOLERANCE) throw notPossible(fault(field, 'in-the-future'));
}

function present(state: RecordState | undefined): RecordState {
  if (state === undefined) throw new Problem('record-not-found');
  return state;
}

/** What was forgotten stays as it is: nothing can be known again of whom it was about. */
function remembered(state: RecordState | undefined): RecordState {
  const there = present(state);
  const { forgottenAt } = there;
  if (forgottenAt !== undefined) throw new Problem('record-forgotten', { extensions: { forgottenAt } });
  return there;
}

function alive(state: RecordState | undefined): RecordState {
  const there = remembered(state);
  const { deletedAt } = there;
  if (deletedAt !== undefined) throw new Problem('record-deleted', { extensions: { deletedAt } });
  return there;
}

function forgotten({ name, personal }: RecordType): Fact {
  if (personal === undefined) throw new Error(`records of the type ${name} say nothing of persons`);
  return { type: personal.forgotten, data: {} };
}
