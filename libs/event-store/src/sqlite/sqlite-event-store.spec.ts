import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { NO_STREAM } from '@sillage/kernel';
import { BEGINNING } from '../event-store.js';
import { Follower } from '../testing/follower.js';
import { eventStoreContract } from '../testing/index.js';
import { anEvent, aStream, aTenant } from '../testing/samples.js';
import { openSqliteEventStore } from './sqlite-event-store.js';
import { TemporaryFile } from './testing/temporary-file.js';

eventStoreContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sillage-event-store-'));
  return {
    open: () => openSqliteEventStore({ file: join(folder, 'events.db') }),
    remove: () => rm(folder, { recursive: true }),
  };
});

describe('two SQLite event stores on one file', () => {
  const file = new TemporaryFile();
  const tenant = aTenant();

  it('are one store', async () => {
    const [one, other] = await Promise.all([
      openSqliteEventStore({ file: file.path }),
      openSqliteEventStore({ file: file.path }),
    ]);
    const follower = new Follower(one, { after: BEGINNING, tenant });
    const streams = Array.from({ length: 20 }, () => aStream(tenant));

    const results = await Promise.allSettled(
      streams.flatMap((stream) => [one, other].map((store) => store.append(stream, NO_STREAM, [anEvent({ tenant })]))),
    );

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    const received = await follower.received(20);
    expect(received).toEqual(await other.readAll({ after: BEGINNING, limit: 100 }));
    await Promise.all([one.close(), other.close()]);
  });
});
