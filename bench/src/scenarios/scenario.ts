import type { Figure } from '../report/figure.js';
import type { Context } from './context.js';

/** One thing to find out about Sillage. */
export interface Scenario<In = Context> {
  readonly name: string;
  run(context: In): Promise<readonly Figure[]>;
}
