import type { Pipeline } from './pipeline.js';

/** What a context may ask of the others. An answer that cannot turn is remembered. */
export interface Directory {
  /** Which of these ids of a type lead to no record. A deleted record still is one. */
  missing(tenant: string, type: string, ids: readonly string[]): Promise<readonly string[]>;

  /** A pipeline, fresh enough to know the stage if the pipeline has it; undefined when there is none of this id. */
  pipeline(tenant: string, id: string, stage: string | undefined): Promise<Pipeline | undefined>;
}
