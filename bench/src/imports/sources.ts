import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../processes/project.js';

/** Something to import with the command line. */
export interface ImportSource {
  readonly what: string;
  /** Arguments of `sillage`. */
  readonly args: readonly string[];
}

/** The public data sets that the figures are promised for: 8,800 opportunities of 85 accounts, and 9,240 prospects. */
const DATA_SETS = ['crm-sales-opportunities', 'x-education-leads'];

/**
 * The public data sets where they are (the folder that SILLAGE_DATA_SETS names; they are not part of the project), else
 * as many generated records, of all types.
 */
export function importSources(environment: NodeJS.ProcessEnv): readonly ImportSource[] {
  const folder = environment.SILLAGE_DATA_SETS ?? inProject('../shared/data');
  if (DATA_SETS.every((name) => existsSync(join(folder, name)))) {
    return DATA_SETS.map((name) => ({
      what: name,
      args: ['import', join(folder, name), '--mapping', inProject('examples', `${name}.yaml`)],
    }));
  }
  return [
    {
      what: 'demo data, generated (the data sets are not here), seed 1',
      args: ['demo', '--size', '8885', '--seed', '1'],
    },
    {
      what: 'demo data, generated (the data sets are not here), seed 2',
      args: ['demo', '--size', '9240', '--seed', '2'],
    },
  ];
}
