import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Filter, PageKey, Sort } from '../query.js';
import { aCondition, aDealsFields, aSort, someWords } from '../testing/arbitraries.js';
import { referenceResult } from '../testing/reference.js';
import { DEALS, type DocumentInBatch, filterOf, SampleLog, SCHEMA } from '../testing/samples.js';
import { compileFilter } from './compile-filter.js';
import { compileCount, compilePage, type FilteredView } from './compile-query.js';
import type { Connection } from './connection.js';
import { openSqliteViewStore } from './index.js';
import { type FieldLayout, viewLayout } from './layout.js';
import { pageParts } from './page-parts.js';
import { isSame, type Plan, type Source, sourcesOf } from './plan.js';
import { openForReading } from './schema.js';
import type { Sql } from './sql.js';
import { TemporaryFile } from './testing/temporary-file.js';

const LAYOUT = viewLayout(DEALS);
const SORTABLE = LAYOUT.fields.filter(({ index }) => index !== undefined);
const TERMS: Source = { of: 'terms' };
const ORDER: Source = { of: 'order' };

function inOrderOf(field: FieldLayout, sets: readonly Source[] = []): Plan {
  return { drive: { of: 'field', filter: { field, conditions: [] } }, gives: 'in-order', sets };
}

function viewOf(filter: Partial<Filter> = {}): FilteredView {
  const compiled = compileFilter(LAYOUT, 1, filterOf('tenant', filter), () => undefined);
  if (!compiled) throw new Error('the filter matches nothing');
  return { layout: LAYOUT, filter: compiled };
}

/** The statements of a list behind the end of a page, or from its beginning. */
function statements(view: FilteredView, plan: Plan, sort: Sort, after?: PageKey): readonly Sql[] {
  const columns = SORTABLE.find(({ path }) => path === sort.field)?.columns ?? [];
  const { descending } = sort;
  return pageParts({ columns, values: 'any', descending, after }).map((part) =>
    compilePage(view, plan, { part, columns, descending, limit: 1_000 }),
  );
}

describe('statements on a file of views', () => {
  const file = new TemporaryFile();
  let connection: Connection;
  let deals: readonly DocumentInBatch[];

  beforeEach(async () => {
    const store = openSqliteViewStore({ file: file.path, schema: SCHEMA });
    const log = new SampleLog('tenant');
    deals = fc.sample(aDealsFields, { numRuns: 200, seed: 1 }).map((fields) => log.created(fields));
    await store.apply(log.batch({ documents: deals }));
    await store.close();
    connection = openForReading(file.path, SCHEMA);
  });
  afterEach(() => connection.close());

  /** The steps that SQLite takes, in its words. */
  function steps({ text, values }: Sql): readonly string[] {
    return connection.rows({ text: `EXPLAIN QUERY PLAN ${text}`, values }).map((row) => String(row.at(-1)));
  }

  describe('sort nothing and scan no table', () => {
    const directions = [false, true];
    const neither = expect.not.arrayContaining([
      expect.stringMatching(/TEMP B-TREE FOR (LAST TERM OF |RIGHT PART OF )?ORDER BY|^SCAN d\b/),
    ]);

    it.each(SORTABLE.map((field) => [field.path, field] as const))('by %s', (path, field) => {
      const key = String(2n ** 40n);
      const end = [...field.columns.map(({ type }) => (type === 'TEXT' ? 'EUR' : 5)), key];
      const noValue = [...field.columns.map(() => null), key];
      for (const descending of directions) {
        for (const after of [undefined, end, noValue]) {
          for (const statement of statements(viewOf(), inOrderOf(field), { field: path, descending }, after)) {
            expect(steps(statement)).toEqual(neither);
            expect(steps(statement)[0]).toContain(`SEARCH d USING INDEX view deals by ${path}`);
          }
        }
      }
    });

    it.each([
      ['all', {}],
      ['with a value', { conditions: [{ field: 'owner', operator: 'in', values: ['ann'] }] }],
      ['with one of some values', { conditions: [{ field: 'owner', operator: 'in', values: ['ann', 'bob'] }] }],
      ['without a value', { conditions: [{ field: 'source', operator: 'exists', value: false }] }],
      ['with words', { words: ['ja', 'd'] }],
      ['deleted', { deleted: true }],
      ['of a time', { conditions: [{ field: 'createdAt', operator: 'gte', value: '2026-01-01T00:00:00.000Z' }] }],
      ['with a number in a range', { conditions: [{ field: 'probability', operator: 'gte', value: 1 }] }],
    ] as const satisfies readonly (readonly [string, Partial<Filter>])[])('of the view, %s', (_, filter) => {
      const plan: Plan = { drive: TERMS, gives: 'in-order', sets: [] };
      for (const descending of directions) {
        for (const after of [undefined, ['5']]) {
          const [statement, ...others] = statements(viewOf(filter), plan, { field: 'createdAt', descending }, after);
          expect(others).toEqual([]);
          expect(statement && steps(statement)).toEqual(neither);
          expect(statement && steps(statement)).toEqual([
            expect.stringMatching(/^SCAN t VIRTUAL TABLE INDEX .*M1/),
            'SEARCH d USING INTEGER PRIMARY KEY (rowid=?)',
          ]);
        }
      }
    });

    it('of the view, by its own index', () => {
      const plan: Plan = { drive: ORDER, gives: 'in-order', sets: [] };
      for (const descending of directions) {
        for (const after of [undefined, ['5']]) {
          for (const statement of statements(viewOf(), plan, { field: 'createdAt', descending }, after)) {
            expect(steps(statement)).toEqual([expect.stringMatching(/^SEARCH d USING INDEX view deals in order/)]);
          }
        }
      }
    });

    it('where the order is that of a field, and others are sets', () => {
      const view = viewOf({
        words: ['jan'],
        conditions: [
          { field: 'owner', operator: 'in', values: ['ann'] },
          { field: 'updatedAt', operator: 'lt', value: '2026-01-01T00:00:00.000Z' },
        ],
      });
      const sets = sourcesOf(view.filter);
      expect(sets).toHaveLength(2);
      for (const field of SORTABLE.filter(({ path }) => path !== 'updatedAt')) {
        for (const descending of directions) {
          for (const statement of statements(view, inOrderOf(field, sets), { field: field.path, descending }))
            expect(steps(statement)).toEqual(neither);
        }
      }
    });

    it('where they count', () => {
      const view = viewOf({
        words: ['jan'],
        conditions: [{ field: 'probability', operator: 'gt', value: 0 }],
      });
      for (const drive of sourcesOf(view.filter))
        expect(steps(compileCount(view, { drive, gives: 'unsorted', sets: [] }, 10))).toEqual(neither);
    });
  });

  it('give the same documents in the same order by every plan', () => {
    const conditions = fc.array(aCondition, { maxLength: 3 });
    fc.assert(
      fc.property(conditions, someWords, aSort, (conditions, words, sort) => {
        const filter = filterOf('tenant', { conditions, words });
        const compiled = compileFilter(LAYOUT, 1, filter, () => undefined);
        const expected = referenceResult(deals, filter, sort);
        if (!compiled) {
          expect(expected).toEqual([]);
          return;
        }
        const view = { layout: LAYOUT, filter: compiled };
        for (const plan of allPlans(view, sort)) {
          const rows = statements(view, plan, sort).flatMap((statement) => connection.rows(statement));
          expect(rows.map((row) => JSON.parse(String(row.at(-1))).id)).toEqual(expected);
          expect(connection.value(compileCount(view, plan, 1_000))).toBe(expected.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('have one text for all values', () => {
    const compiled = (value: string) => {
      const view = viewOf({
        words: [value],
        conditions: [
          { field: 'owner', operator: 'not-in', values: [value, value] },
          { field: `custom.${value}`, operator: 'in', values: [value] },
          { field: 'amount.currency', operator: 'in', values: [value] },
          { field: 'probability', operator: 'gt', value },
        ],
      });
      const after = [value, 1, '5'];
      return allPlans(view, { field: 'amount', descending: true }).flatMap((plan) =>
        statements(view, plan, { field: 'amount', descending: true }, after).map(({ text }) => text),
      );
    };
    fc.assert(fc.property(fc.string(), (value) => expect(compiled(value)).toEqual(compiled('other'))));
  });
});

/** Every way to go about a filter: each source first, or the order; the others all as sets, or all asked about. */
function allPlans({ filter }: FilteredView, { field: path }: Sort): readonly Plan[] {
  const sources = sourcesOf(filter);
  const field = SORTABLE.find((one) => one.path === path);
  const conditions = filter.columns.find((columns) => columns.field === field)?.conditions ?? [];
  const orders: readonly Source[] = field ? [{ of: 'field', filter: { field, conditions } }] : [TERMS, ORDER];
  return [
    ...[TERMS, ORDER, ...sources].map((drive) => ({ drive, gives: 'unsorted' }) as const),
    ...orders.map((drive) => ({ drive, gives: 'in-order' }) as const),
  ].flatMap(({ drive, gives }) => [
    { drive, gives, sets: [] },
    { drive, gives, sets: sources.filter((source) => !isSame(source, drive)) },
  ]);
}
