import { NO_STREAM } from '@sillage/kernel';
import { anEvent, aStream, aTenant } from '../../testing/samples.js';
import { openSqliteEventStore } from '../sqlite-event-store.js';

/** Program: appends to several streams at once, for ever, and prints the id of each event that was acknowledged. */

const LANES = 8;

const [file = ''] = process.argv.slice(2);
const store = await openSqliteEventStore({ file });
const tenant = aTenant();

async function appendForEver(stream: string): Promise<never> {
  for (let expected = NO_STREAM; ; expected += 1) {
    const event = anEvent({ tenant });
    await store.append(stream, expected, [event]);
    process.stdout.write(`${event.id}\n`);
  }
}

await Promise.all(Array.from({ length: LANES }, () => appendForEver(aStream(tenant))));
