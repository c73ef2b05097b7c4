import { fault, notPossible } from '../problem.js';
import type { Pipeline, StageKind } from './pipeline.js';
import { type Change, type Fact, type Fields, factOf } from './record-type.js';

export interface Placement {
  readonly fields: Fields;
  readonly kind: StageKind;
  /** Of the stage, in per cent; undefined for a stage that the pipeline no longer has. */
  readonly probability: number | undefined;
  /** True when the record enters a stage: on creation, or by a change of stage or pipeline. */
  readonly entered: boolean;
}

/**
 * Puts a record into a stage of its pipeline: the first open one unless a stage is given. The stage's kind is recorded
 * with it, so that a later change of the pipeline does not rewrite what was won.
 * @throws Problem when the pipeline is missing or another type's, or lacks the stage.
 */
export function placeInStage({ before, wanted, pipeline }: Change, expects: Pipeline['appliesTo']): Placement {
  if (pipeline === undefined) throw notPossible(fault('pipelineId', 'unknown-reference', { type: 'pipelines' }));
  if (pipeline.appliesTo !== expects) throw notPossible(fault('pipelineId', 'wrong-pipeline', { expects }));
  const named = pipeline.stages.find(({ key }) => key === wanted.stage);
  if (before !== undefined && before.stage === wanted.stage && before.pipelineId === wanted.pipelineId) {
    const kind = before.stageKind as StageKind;
    return { fields: wanted, kind, probability: named?.probability, entered: false };
  }
  const stage = wanted.stage === undefined ? pipeline.stages.find(({ kind }) => kind === 'open') : named;
  if (stage === undefined) {
    const stages = pipeline.stages.map(({ key }) => key).join(', ');
    throw notPossible(fault('stage', 'unknown-stage', { stage: wanted.stage ?? null, stages }));
  }
  const fields = { ...wanted, pipelineId: pipeline.id, stage: stage.key, stageKind: stage.kind };
  return { fields, kind: stage.kind, probability: stage.probability, entered: true };
}

/** The facts of a move, by where it leads. */
export interface StageFacts {
  readonly moved: string;
  readonly won: string;
  readonly lost: string;
  readonly reopened: string;
}

/**
 * Tells a move into another stage as one fact, together with the fields that follow from it; other changes are told by
 * `otherwise`.
 */
export function tellByStage(
  facts: StageFacts,
  following: readonly string[],
  otherwise: (before: Fields, after: Fields, changed: readonly string[]) => readonly Fact[],
): (before: Fields, after: Fields, changed: readonly string[]) => readonly Fact[] {
  const fields = ['pipelineId', 'stage', 'stageKind', ...following];
  return (before, after, changed) => {
    if (!changed.includes('stage') && !changed.includes('pipelineId')) return otherwise(before, after, changed);
    const rest = changed.filter((field) => !fields.includes(field));
    const move = factOf({ type: stageFact(facts, before, after), fields }, after, changed);
    return rest.length === 0 ? move : [...move, ...otherwise(before, after, rest)];
  };
}

function stageFact(facts: StageFacts, before: Fields, after: Fields): string {
  if (after.stageKind === before.stageKind) return facts.moved;
  if (after.stageKind === 'won') return facts.won;
  return after.stageKind === 'lost' ? facts.lost : facts.reopened;
}
