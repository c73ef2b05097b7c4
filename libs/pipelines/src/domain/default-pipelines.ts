import type { Pipeline, Stage, StageKind } from '@sillage/kernel';

type NewPipeline = Omit<Pipeline, 'id'> & { readonly name: string };

/** The pipelines that every tenant has from the start. */
export const DEFAULT_PIPELINES: { readonly [appliesTo in Pipeline['appliesTo']]: NewPipeline } = {
  prospects: {
    name: 'Prospects',
    appliesTo: 'prospects',
    stages: [
      stage('new', 10, 'open'),
      stage('contacted', 25, 'open'),
      stage('qualified', 50, 'open'),
      stage('converted', 100, 'won'),
      stage('unqualified', 0, 'lost'),
    ],
  },
  opportunities: {
    name: 'Opportunities',
    appliesTo: 'opportunities',
    stages: [
      stage('prospecting', 10, 'open'),
      stage('qualification', 25, 'open'),
      stage('proposal', 50, 'open'),
      stage('negotiation', 75, 'open'),
      stage('won', 100, 'won'),
      stage('lost', 0, 'lost'),
    ],
  },
};

function stage(key: string, probability: number, kind: StageKind): Stage {
  return { key, name: `${key.charAt(0).toUpperCase()}${key.slice(1)}`, probability, kind };
}
