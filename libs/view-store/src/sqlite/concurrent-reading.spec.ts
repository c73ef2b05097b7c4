import { describe, expect, it } from '@jest/globals';
import { allOf, idsOnPage } from '../testing/reading.js';
import { DEALS, queryOf, SampleLog, SCHEMA } from '../testing/samples.js';
import { openSqliteViewStore } from './index.js';
import { TemporaryFile } from './testing/temporary-file.js';

describe('readers of a file beside its writer', () => {
  const file = new TemporaryFile();

  it('see each batch as a whole once it is applied', async () => {
    const writer = openSqliteViewStore({ file: file.path, schema: SCHEMA });
    const reader = openSqliteViewStore({ file: file.path, schema: SCHEMA, readOnly: true });
    const log = new SampleLog('tenant');
    for (let batch = 1; batch <= 3; batch += 1) {
      await writer.apply(log.batch({ documents: [log.created({ name: 'a' }), log.created({ name: 'b' })] }));

      expect(await idsOnPage(reader, queryOf('tenant', { words: ['a'] }))).toHaveLength(batch);
      expect(await reader.find(DEALS.name, queryOf('tenant'))).toEqual(
        await writer.find(DEALS.name, queryOf('tenant')),
      );
      expect(await reader.checkpoint(0)).toBe(log.position);
    }
    await reader.close();
    await writer.close();
  });

  it('see the same state as long as they hold a snapshot', async () => {
    const store = openSqliteViewStore({ file: file.path, schema: SCHEMA });
    const log = new SampleLog('tenant');
    const deals = [log.created({ name: 'a' }), log.created({ name: 'b' })];
    await store.apply(log.batch({ documents: deals, cells: [log.cell(['open', null, null], { count: 2n })] }));
    const before = log.position;

    await store.snapshot(async (snapshot) => {
      const scan = snapshot.scan(DEALS.name)[Symbol.asyncIterator]();
      await scan.next();
      const [first] = deals;
      const later = [...(first ? [log.changed(first, { name: 'c' })] : []), log.created()];
      await store.apply(log.batch({ documents: later, cells: [log.cell(['open', null, null], { count: 3n })] }));

      expect((await scan.next()).value).toMatchObject({ document: { name: 'b' } });
      expect((await scan.next()).done).toBe(true);
      expect((await allOf(snapshot.scan(DEALS.name))).map(({ document }) => document.name)).toEqual(['a', 'b']);
      expect(await idsOnPage(snapshot, queryOf('tenant', { words: ['c'] }))).toEqual([]);
      expect(await snapshot.cells('pipeline', 'tenant', [])).toMatchObject([{ measures: { count: 2n } }]);
      expect(await snapshot.checkpoint(0)).toBe(before);
    });

    expect(await allOf(store.scan(DEALS.name))).toHaveLength(3);
    await store.close();
  });
});
