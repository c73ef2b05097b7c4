import { MOST_APPENDED_BYTES, NO_STREAM } from '@sillage/kernel';
import { anEvent, aTenant } from '../../testing/samples.js';
import { openSqliteEventStore } from '../sqlite-event-store.js';

/**
 * Program: appends to the streams `before`, then at once to `beside` and what is too large for the disk to `large`, then
 * to `behind`, then to `beside` again. Prints what became of each.
 */

/** As much as an append takes, nearly. */
const LARGE = MOST_APPENDED_BYTES - 1_024;

const [file = ''] = process.argv.slice(2);
const store = await openSqliteEventStore({ file });
const tenant = aTenant();
const beside = anEvent({ tenant });

async function append(stream: string, event = anEvent({ tenant })): Promise<void> {
  const outcome = await store.append(stream, NO_STREAM, [event]).then(
    () => 'stored',
    (error: Error) => error.name,
  );
  process.stdout.write(`${stream}: ${outcome}\n`);
}

await append('before');
await Promise.all([append('beside', beside), append('large', anEvent({ tenant, data: { text: 'x'.repeat(LARGE) } }))]);
await append('behind');
await append('beside', beside);
await store.close();
