import { expect } from '@jest/globals';
import { newId } from '../ids.js';
import { type Fault, Problem, type ProblemCode } from '../problem.js';
import { decideRecord, type Known, type RecordCommand } from '../record/record-decider.js';
import { evolveRecord, type RecordState, recordStream } from '../record/record-state.js';
import type { Fact, RecordType } from '../record/record-type.js';

/** When every specified command is given. */
export const NOW = '2026-03-01T09:00:00.000Z';

/** When every given fact happened. */
export const BEFORE = '2026-01-15T12:00:00.000Z';

interface Outcome {
  /** The command amounts to exactly these facts. */
  readonly thenTold: (...facts: readonly Fact[]) => void;
  /** The command is refused, for exactly these reasons. */
  readonly thenRefused: (code: ProblemCode, ...faults: readonly Pick<Fault, 'path' | 'code'>[]) => void;
}

/**
 * Specifies a decider: given facts, when a command (and what is known of the outside world), then facts or a refusal.
 */
export function given(type: RecordType, ...facts: readonly Fact[]) {
  const state = facts.reduce<RecordState | undefined>((before, fact, revision) => {
    const metadata = {
      tenant: 'acme',
      actor: 'ann',
      at: BEFORE,
      commandId: newId(),
      correlationId: '',
      causationId: '',
    };
    const event = {
      ...fact,
      id: newId(),
      stream: recordStream(type, 'acme', RECORD_ID),
      revision,
      position: revision + 1,
    };
    return evolveRecord(type, before, { ...event, metadata: { ...metadata, version: 1 } });
  }, undefined);
  return {
    when(command: RecordCommand, known: Partial<Known> = {}): Outcome {
      const decide = () => decideRecord(type, state, command, { at: NOW, missing: [], ...known });
      return {
        thenTold: (...expected) => expect(decide()).toEqual(expected),
        thenRefused: (code, ...faults) => {
          const problem = refusalOf(decide);
          expect(problem.code).toBe(code);
          expect(problem.faults.map((fault) => ({ path: fault.path, code: fault.code }))).toEqual(faults);
        },
      };
    },
  };
}

export const RECORD_ID = '0198c0de-0000-7000-8000-000000000001';

function refusalOf(decide: () => unknown): Problem {
  try {
    decide();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('the command was not refused');
}
