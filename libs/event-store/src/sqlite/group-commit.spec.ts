import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM, WrongExpectedRevision } from '@sillage/kernel';
import type { EventStore } from '../event-store.js';
import { anEvent, aStream, aTenant } from '../testing/samples.js';
import { openSqliteEventStore } from './sqlite-event-store.js';
import { countCommits } from './testing/count-commits.js';
import { TemporaryFile } from './testing/temporary-file.js';

describe('appends to an SQLite event store', () => {
  const file = new TemporaryFile();
  const tenant = aTenant();
  let store: EventStore;
  let commitsBefore: number;

  beforeEach(async () => {
    store = await openSqliteEventStore({ file: file.path });
    commitsBefore = countCommits(file.path);
  });
  afterEach(() => store.close());

  const commits = () => countCommits(file.path) - commitsBefore;
  const append = () => store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);

  it('take one commit each when they follow each other', async () => {
    for (let count = 0; count < 10; count += 1) await append();
    expect(commits()).toBe(10);
  });

  it('share one commit when they are made in the same turn', async () => {
    await Promise.all(Array.from({ length: 200 }, append));
    expect(commits()).toBe(1);
  });

  it('share commits when they come while the disk is busy', async () => {
    const appendTenTimes = async () => {
      for (let count = 0; count < 10; count += 1) await append();
    };
    await Promise.all(Array.from({ length: 32 }, appendTenTimes));
    expect(commits()).toBeLessThan(320 / 4);
  });

  it('leave the others of the group alone when one is refused', async () => {
    const stream = aStream(tenant);
    const [first, rival, other] = await Promise.allSettled([
      store.append(stream, NO_STREAM, [anEvent({ tenant })]),
      store.append(stream, NO_STREAM, [anEvent({ tenant })]),
      append(),
    ]);
    expect(commits()).toBe(1);
    expect([first.status, rival.status, other.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(rival).toMatchObject({ reason: expect.any(WrongExpectedRevision) });
  });
});
