import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM } from '@sillage/kernel';
import { anEvent, aStream, aTenant } from '../testing/samples.js';
import { GroupWriter } from './group-writer.js';
import { openForWriting } from './schema.js';
import { TemporaryFile } from './testing/temporary-file.js';
import { encodeAppend } from './writer-messages.js';

describe('a group writer', () => {
  const file = new TemporaryFile();
  const tenant = aTenant();
  let db: DatabaseSync;

  beforeEach(() => {
    db = openForWriting(file.path);
  });
  afterEach(() => db.close());

  const append = (text = '') => encodeAppend(aStream(tenant), NO_STREAM, [anEvent({ tenant, data: { text } })]);
  const stored = () => db.prepare('SELECT count(*) AS count FROM event').get()?.count;

  it('stores nothing of a group for which the file has no room, and goes on', () => {
    const writer = new GroupWriter(db);
    db.exec('PRAGMA max_page_count = 20');

    const failed = writer.write([append(), append('x'.repeat(200_000)), append()]);

    expect(failed).toEqual({ kind: 'failed', appends: 3, outcome: 'nothing-stored', reason: expect.any(String) });
    expect(stored()).toBe(0);
    expect(writer.write([append()])).toEqual({ kind: 'committed', positions: [1] });
  });

  it('stores nothing of a group while another process holds the file, and goes on', () => {
    const other = openForWriting(file.path);
    const writer = new GroupWriter(db);
    db.exec('PRAGMA busy_timeout = 1');
    other.exec('BEGIN IMMEDIATE');

    expect(writer.write([append()])).toMatchObject({ kind: 'failed', outcome: 'nothing-stored' });
    other.close();

    expect(writer.write([append()])).toEqual({ kind: 'committed', positions: [1] });
  });
});
