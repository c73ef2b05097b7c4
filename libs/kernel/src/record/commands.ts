import type { JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import type { Reader } from './reader.js';

/** Who asks, for whom, with whose records, and until when an answer is of use. */
export interface CommandContext extends Reader {
  readonly actor: string;
  readonly correlationId: string;
  /** Milliseconds since 1970, UTC. */
  readonly deadline: number;
  /** The message may have been carried out before: its first answer was lost on the way. */
  readonly repeated?: true;
}

/** What makes a command safe to repeat. */
export interface CommandIdentity {
  readonly commandId: string;
  /** Given with an Idempotency-Key: another fingerprint under the same command is another request. */
  readonly fingerprint?: string;
}

export interface CreateRecord extends CommandIdentity {
  readonly id: string;
  readonly fields: JsonObject;
  readonly createdAt?: string;
}

export interface ChangeRecord extends CommandIdentity {
  readonly id: string;
  readonly patch: JsonObject;
  readonly expected: ExpectedRevision;
}

export interface DeleteRecord extends CommandIdentity {
  readonly id: string;
  readonly expected: ExpectedRevision;
}

export interface RestoreRecord extends CommandIdentity {
  readonly id: string;
}

export interface ForgetRecord extends CommandIdentity {
  readonly id: string;
}

/** The revision that the caller has seen, or `any` when it does not matter to them (`If-Match: *`). */
export type ExpectedRevision = number | 'any';

/** What a command led to. */
export interface Written {
  readonly record: JsonObject;
  readonly revision: number;
  /** Where a view must be to show it. */
  readonly position: number;
}

/**
 * Does an attempt again when somebody else changed the record in between, at most three times, and never past the
 * deadline. `attempt` says whether its failure was such a conflict by giving undefined.
 */
export async function retrying<T>(
  deadline: number,
  now: () => number,
  attempt: () => Promise<T | undefined>,
): Promise<T> {
  for (let tries = 0; tries < 3; tries += 1) {
    if (now() > deadline) throw new Problem('deadline-exceeded');
    const result = await attempt();
    if (result !== undefined) return result;
  }
  throw new Problem('concurrent-change');
}
