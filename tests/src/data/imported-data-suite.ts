import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { notRun } from '@sillage/kernel/testing';
import { Api } from '../api.js';
import type { RunningSillage, StartSillage } from '../running-sillage.js';
import { temporaryDirectory } from '../server.js';
import { type Said, sillageWith } from '../sillage.js';
import { CRM_SALES, DATA_SETS_MISSING, example, hasDataSets, LEADS } from './data-sets.js';
import { expectAccounts, expectOpportunities, expectProspects } from './expect-figures.js';
import { crmCompanies, crmDeals, leads } from './public-data.js';
import { lastPosition, Reports } from './reports.js';

const LONG = 240_000;

export const IMPORT_DEALS = ['import', CRM_SALES, '--mapping', example('crm-sales-opportunities.yaml')];
const IMPORT_LEADS = ['import', LEADS, '--mapping', example('x-education-leads.yaml')];

/** Reports on the public data sets, imported by whichever profile is started, equal figures computed from the files. */
export function importedDataSuite(start: StartSillage): void {
  const name = 'reports on the public data sets, imported';
  if (hasDataSets()) describe(name, () => specification(start));
  else notRun(name, DATA_SETS_MISSING);
}

function specification(start: StartSillage): void {
  const folder = temporaryDirectory();
  let server: RunningSillage;
  let api: Api;
  let reports: Reports;
  let said: readonly Said[];

  beforeAll(async () => {
    server = await start();
    api = Api.of(server);
    said = [await run(...IMPORT_DEALS), await run(...IMPORT_LEADS)];
    reports = await Reports.upToDate(api);
  }, LONG);
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const run = (...args: readonly string[]) => sillageWith(server.reached, folder, ...args).ended;

  it('every row is imported', () => {
    expect(said.map(({ code }) => code)).toEqual([0, 0]);
    expect(said[0]?.stdout).toContain(
      'accounts.csv -> accounts: 85 rows, 85 created, 0 updated, 0 unchanged, 0 refused, 15 linked',
    );
    expect(said[0]?.stdout).toContain('sales_pipeline.csv -> opportunities: 8,800 rows, 8,800 created');
    expect(said[1]?.stdout).toContain('leads.csv -> prospects: 9,240 rows, 9,240 created');
    expect(existsSync(path.join(folder, 'crm-sales-opportunities-refused.csv'))).toBe(false);
  });

  it('opportunities: by stage, representative, account and month, as computed from the rows', async () => {
    await expectOpportunities(reports, crmDeals());
  });

  it('opportunities: 8,800, of which 4,238 won for 10,005,534 dollars, and 1,425 without an account', async () => {
    const byStage = await reports.figures('opportunities', ['stage']);
    expect(byStage['["won"]']).toMatchObject({ count: 4_238, wonAmount: [{ value: '10005534.00', currency: 'USD' }] });
    expect((await reports.figures('opportunities', ['account']))['[null]']).toMatchObject({ count: 1_425 });
    expect(await reports.totals('opportunities')).toMatchObject({ count: 8_800 });
  });

  it('accounts: by industry with revenue, won and open amounts, as computed from the rows', async () => {
    await expectAccounts(reports, crmCompanies(), crmDeals());
  });

  it('prospects: by source and stage with conversion rates, as computed from the rows', async () => {
    await expectProspects(reports, leads());
    expect(await reports.totals('prospects')).toMatchObject({ count: 9_240, converted: 3_561 });
  });

  it(
    'the same imports again add no event',
    async () => {
      const before = await lastPosition(api);
      const again = [await run(...IMPORT_DEALS), await run(...IMPORT_LEADS)];
      expect(again.map(({ code }) => code)).toEqual([0, 0]);
      expect(again[0]?.stdout).toContain('0 created, 0 updated, 8,800 unchanged, 0 refused');
      expect(again[1]?.stdout).toContain('0 created, 0 updated, 9,240 unchanged, 0 refused');
      expect(await lastPosition(api)).toBe(before);
    },
    LONG,
  );
}
