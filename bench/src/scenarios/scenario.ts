import type { Figure } from '../report/figure.js';
import type { Context } from './context.js';

/** One thing to find out about Sillage. */
export interface Scenario {
  readonly name: string;
  run(context: Context): Promise<readonly Figure[]>;
}
