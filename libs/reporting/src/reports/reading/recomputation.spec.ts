import { describe, expect, it } from '@jest/globals';
import { REPORTS } from '@sillage/contracts';
import { openSqliteViewStore } from '@sillage/view-store/sqlite';
import fc from 'fast-check';
import { crmLog, idOf, TENANTS } from '../../testing/arbitrary-log.js';
import { type Question, recomputed } from '../../testing/recomputed-report.js';
import { storeKinds } from '../../testing/store-kinds.js';
import { parameters, viewsOf } from '../../testing/views-of.js';

/** A filter as a query string and as what it keeps. */
interface Filter {
  readonly query: string;
  readonly keeps: (value: string | null) => boolean;
}

const VALUES: { readonly [dimension: string]: readonly string[] } = {
  stage: ['first', 'won', 'lost', 'unheard-of'],
  owner: ['Ana', 'Éric'],
  source: ['trade fair', '=web'],
  industry: ['retail', 'farming'],
  account: [0, 1, 4].map((which) => idOf('accounts', which)),
  client: [0, 1].map((which) => idOf('clients', which)),
  pipeline: [idOf('pipelines-2', 1)],
  currency: ['EUR', 'JPY'],
  createdMonth: ['2026-01', '2026-02'],
  expectedCloseMonth: ['2026-01', '2026-02'],
  closedMonth: ['2026-01', '2026-12'],
};

const question = fc
  .constantFrom('prospects' as const, 'opportunities' as const, 'accounts' as const)
  .chain((report) => {
    const { dimensions } = REPORTS[report];
    return fc.record({
      report: fc.constant(report),
      groupBy: fc.shuffledSubarray([...dimensions], { maxLength: 3 }),
      filtered: fc
        .shuffledSubarray([...dimensions], { maxLength: 2 })
        .chain((names) => fc.tuple(...names.map((name) => filter(name).map((each) => [name, each] as const)))),
    });
  });

describe.each(storeKinds(openSqliteViewStore))('a report $kind', ({ numRuns, open }) => {
  it('says what a count of all records says', async () => {
    await fc.assert(
      fc.asyncProperty(crmLog, fc.array(question, { minLength: 1, maxLength: 6 }), async (log, questions) => {
        const { models } = await viewsOf(log, open());
        for (const { report, groupBy, filtered } of questions) {
          for (const tenant of TENANTS) {
            const query = [`groupBy=${groupBy.join(',')}`, ...filtered.map(([, { query }]) => query)].join('&');
            const answer = await models.report({ tenant, report, format: 'json', parameters: parameters(query) });
            const filters = Object.fromEntries(filtered.map(([name, { keeps }]) => [name, keeps]));
            const expected = recomputed(log, tenant, { report, groupBy, filters } satisfies Question);

            const { rows, totals } = JSON.parse(answer.body) as { rows: object[]; totals: object };
            expect(sorted(rows)).toEqual(sorted(expected.rows));
            expect(totals).toEqual(expected.totals);
          }
        }
      }),
      { numRuns },
    );
  });

  it('lists in its detail the records that it counts', async () => {
    await fc.assert(
      fc.asyncProperty(crmLog, question, async (log, { report, filtered }) => {
        const { models } = await viewsOf(log, open());
        const query = parameters(filtered.map(([, { query }]) => query).join('&'));
        const request = { tenant: 'acme', report, parameters: query };
        const { totals } = JSON.parse((await models.report({ ...request, format: 'json' })).body) as {
          totals: { count: number };
        };
        const { body, next } = await models.detail({ ...request, format: 'json-lines' });
        expect(body.split('\n').length - 1).toBe(totals.count);
        expect(next).toBeUndefined();
      }),
      { numRuns },
    );
  });
});

function filter(name: string): fc.Arbitrary<Filter> {
  const values = VALUES[name] ?? [];
  const some = fc.subarray([...values], { minLength: 1 });
  const one = fc.constantFrom(...values);
  const repeated = (parameter: string, given: readonly string[]) =>
    given.map((value) => `${parameter}=${encodeURIComponent(value)}`).join('&');
  const any = [
    some.map((given) => ({
      query: repeated(name, given),
      keeps: (value: string | null) => given.includes(value ?? ''),
    })),
    some.map((given) => ({
      query: repeated(`${name}.ne`, given),
      keeps: (value: string | null) => !given.includes(value ?? ''),
    })),
    fc.boolean().map((wanted) => ({
      query: `${name}.exists=${wanted}`,
      keeps: (value: string | null) => (value !== null) === wanted,
    })),
  ];
  const ordered = [
    one.map((bound) => ({
      query: `${name}.gt=${bound}`,
      keeps: (value: string | null) => value !== null && value > bound,
    })),
    one.map((bound) => ({
      query: `${name}.gte=${bound}`,
      keeps: (value: string | null) => value !== null && value >= bound,
    })),
    one.map((bound) => ({
      query: `${name}.lt=${bound}`,
      keeps: (value: string | null) => value !== null && value < bound,
    })),
    one.map((bound) => ({
      query: `${name}.lte=${bound}`,
      keeps: (value: string | null) => value !== null && value <= bound,
    })),
  ];
  return fc.oneof(...any, ...(name.endsWith('Month') ? ordered : []));
}

function sorted(rows: readonly object[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
