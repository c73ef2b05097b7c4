import type { JsonObject } from '@sillage/kernel';
import { Failure } from '../failure.js';
import type { ApiProblem, ApiRecord, ItemResult } from './answers.js';
import { type Attempt, asksToComeBack, type PatientRequests } from './patient-requests.js';

/** A record to create. The same key and fields give the first result again, however often they are sent. */
export interface NewRecord {
  readonly fields: JsonObject;
  readonly idempotencyKey: string;
}

/** The id of the created record, or the record that has the external id already, or the refusal. */
export type CreateResult = { readonly id: string } | { readonly taken: ApiRecord } | { readonly problem: ApiProblem };

export interface CreateSteps {
  patiently: PatientRequests['patiently'];
  /** One try; the results are in the order of the items. */
  send(items: readonly NewRecord[]): Promise<Attempt<readonly ItemResult[]>>;
  find(id: string): Promise<ApiRecord | undefined>;
}

/**
 * Sends a batch of creates, and again those of its items that the server asks to come back with, until each has been
 * created or refused. An external id that is taken by a record that is not there is one of these: the claim of a
 * command that is still under way, or was cut off by a crash, is free again after some seconds.
 */
export async function createPatiently(
  items: readonly NewRecord[],
  steps: CreateSteps,
): Promise<readonly CreateResult[]> {
  const results = new Map<NewRecord, CreateResult>();
  await steps.patiently(async (): Promise<Attempt<void>> => {
    const pending = items.filter((item) => !results.has(item));
    const attempt = await steps.send(pending);
    if (!('done' in attempt)) return attempt;
    const answers = attempt.done;
    if (answers.length !== pending.length) throw new Failure('the server gave another number of results than of items');
    let comeBack: string | undefined;
    for (const [index, item] of pending.entries()) {
      const answer = answers[index];
      const result = answer && (await settled(answer, steps));
      if (result !== undefined) results.set(item, result);
      else if (answer !== undefined && 'problem' in answer) comeBack = answer.problem.code;
    }
    return comeBack === undefined ? { done: undefined } : { comeBack };
  });
  return items.flatMap((item) => results.get(item) ?? []);
}

/** Undefined for an item to send again. */
async function settled(answer: ItemResult, steps: CreateSteps): Promise<CreateResult | undefined> {
  if ('id' in answer) return answer;
  const { problem } = answer;
  if (asksToComeBack(problem.status) || problem.code === 'concurrent-change') return undefined;
  if (problem.takenBy === undefined) return answer;
  const taken = await steps.find(problem.takenBy);
  return taken && { taken };
}
