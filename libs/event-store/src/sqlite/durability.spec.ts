import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@sillage/kernel';
import { BEGINNING } from '../event-store.js';
import { Program } from '../testing/program.js';
import { openSqliteEventStore } from './sqlite-event-store.js';
import { programFile } from './testing/program-file.js';
import { TemporaryFile } from './testing/temporary-file.js';

describe('an SQLite event store', () => {
  const file = new TemporaryFile();

  async function readEverything(): Promise<readonly StoredEvent[]> {
    const store = await openSqliteEventStore({ file: file.path });
    const events = await store.readAll({ after: BEGINNING, limit: 1_000_000 });
    await store.close();
    return events;
  }

  it('has every acknowledged event once, however often its process is killed', async () => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 5; kill += 1) {
      const writer = new Program(programFile('acknowledging-writer'), [file.path]);
      await writer.printed(randomInt(1, 500));
      await writer.kill();
      acknowledged.push(...writer.lines);

      const events = await readEverything();

      const ids = new Set(events.map(({ id }) => id));
      expect(ids.size).toBe(events.length);
      expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
      for (const ofStream of Map.groupBy(events, ({ stream }) => stream).values()) {
        expect(ofStream.map(({ revision }) => revision)).toEqual([...ofStream.keys()]);
      }
    }
  });

  it('rejects the whole group that its disk has no room for, and goes on', async () => {
    const writer = new Program(programFile('writer-on-a-small-disk'), [file.path], { largestFile: 1024 });

    expect(await writer.ended()).toBe(0);

    const streams = (await readEverything()).map(({ stream }) => stream);
    expect(writer.lines).toEqual([
      'before: stored',
      'beside: OutcomeUnknown',
      'large: OutcomeUnknown',
      'behind: stored',
      'beside: stored',
    ]);
    expect(streams).toEqual(['before', 'behind', 'beside']);
  });

  it.each(['closed', 'idle'])('lets its process end when it is %s', async (leaving) => {
    const program = new Program(programFile('leaving-program'), [file.path, leaving]);
    expect(await program.ended()).toBe(0);
  });
});
