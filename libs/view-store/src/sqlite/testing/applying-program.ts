import { SampleLog, SCHEMA } from '../../testing/samples.js';
import { openSqliteViewStore } from '../index.js';

/**
 * Program: applies one batch after the other for ever, from where the file is, and prints each checkpoint. At position
 * n there are n deals, all of which have the word `deal`, and a cell that counts them.
 */

const BATCH = 20;

const [file = ''] = process.argv.slice(2);
const store = openSqliteViewStore({ file, schema: SCHEMA });
const log = new SampleLog('tenant', { after: await store.checkpoint(0) });

for (;;) {
  const documents = Array.from({ length: BATCH }, () => log.created({ name: 'deal', probability: log.position }));
  const counted = {
    ...{ cube: 'pipeline', tenant: 'tenant', dimensions: [null, null, null] },
    ...{ measures: { count: BigInt(log.position) }, position: log.position },
  };
  await store.apply(log.batch({ documents, cells: [counted] }));
  process.stdout.write(`${log.position}\n`);
}
