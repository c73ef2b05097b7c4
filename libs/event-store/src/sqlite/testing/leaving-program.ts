import { NO_STREAM } from '@sillage/kernel';
import { Follower } from '../../testing/follower.js';
import { anEvent, aStream, aTenant } from '../../testing/samples.js';
import { openSqliteEventStore } from '../sqlite-event-store.js';

/** Program: uses all of a store, then closes it amid an append, or only stops using it, and has nothing more to do. */

const [file = '', leaving] = process.argv.slice(2);
const store = await openSqliteEventStore({ file });
const tenant = aTenant();
const follower = new Follower(store, { after: await store.head(), tenant });
await store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
await follower.received(1);
if (leaving === 'closed') {
  const last = store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
  await store.close();
  await last;
} else {
  await follower.stop();
}
