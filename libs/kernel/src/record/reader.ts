import { fault, Problem, type ProblemCode } from '../problem.js';
import type { RecordState } from './record-state.js';
import type { Fact, Fields } from './record-type.js';

/** For whom records are read: of one tenant, and of these owners only if any are named. */
export interface Reader {
  readonly tenant: string;
  /** Names of owners. Other records, and records without an owner, are then as if they were not there. */
  readonly owners?: readonly string[];
}

/** Whether a record with these fields is within somebody's reach. */
export function isWithinReach({ owners }: Reader, { owner }: Fields): boolean {
  return owners === undefined || (typeof owner === 'string' && owners.includes(owner));
}

/**
 * Refuses what is out of reach like an id that nobody has.
 * @throws Problem `record-not-found` unless another code is said.
 */
export function refuseOutOfReach(
  reader: Reader,
  state: RecordState | undefined,
  code: ProblemCode = 'record-not-found',
): void {
  if (state !== undefined && !isWithinReach(reader, state.fields)) throw new Problem(code);
}

/**
 * Refuses to give a record to somebody out of reach, or to nobody: it would be lost to those who gave it.
 * @throws Problem `not-allowed`.
 */
export function refuseGivingAway(reader: Reader, state: RecordState | undefined, facts: readonly Fact[]): void {
  const assigned = facts.findLast(({ data }) => Object.hasOwn(data, 'owner'))?.data ?? state?.fields ?? {};
  if (isWithinReach(reader, assigned)) return;
  throw new Problem('not-allowed', { faults: [fault('owner', 'out-of-reach')] });
}
