import { derivedId } from '../ids.js';

export type StageKind = 'open' | 'won' | 'lost';

export type Stage = {
  readonly key: string;
  readonly name: string;
  /** Per cent, 0 to 100. */
  readonly probability: number;
  readonly kind: StageKind;
};

export interface Pipeline {
  readonly id: string;
  readonly appliesTo: 'prospects' | 'opportunities';
  readonly stages: readonly Stage[];
}

/** Every tenant has a pipeline for each, under an id that needs no look-up. */
export function defaultPipelineId(tenant: string, appliesTo: Pipeline['appliesTo']): string {
  return derivedId(tenant, 'pipelines', appliesTo, 'default');
}
