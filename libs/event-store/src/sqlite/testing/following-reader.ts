import { BEGINNING } from '../../event-store.js';
import { openSqliteEventLog } from '../sqlite-event-log.js';

/** Program, for a thread or a process: follows a log for ever, and prints the id of each event. */

const [file = '', pollInterval] = process.argv.slice(2);
const log = openSqliteEventLog(file, { pollInterval: Number(pollInterval) });

for await (const batch of log.subscribe({ after: BEGINNING, batchSize: 10, signal: new AbortController().signal })) {
  for (const { id } of batch) process.stdout.write(`${id}\n`);
}
