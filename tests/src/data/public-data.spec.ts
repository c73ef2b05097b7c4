import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../api.js';
import { notRun } from '../not-run.js';
import { Server, temporaryDirectory } from '../server.js';
import { type Said, type Sillage, sillage } from '../sillage.js';
import { CRM_SALES, DATA_SETS_MISSING, example, hasDataSets, LEADS } from './data-sets.js';
import { expectAccounts, expectOpportunities, expectProspects } from './expect-figures.js';
import { crmCompanies, crmDeals, leads } from './public-data.js';
import { lastPosition, Reports } from './reports.js';

const LONG = 120_000;

const IMPORT_DEALS = ['import', CRM_SALES, '--mapping', example('crm-sales-opportunities.yaml')];
const IMPORT_LEADS = ['import', LEADS, '--mapping', example('x-education-leads.yaml')];

if (hasDataSets()) {
  describe('reports on the public data sets, imported', reportsOnImportedData);
  describe('an import of 8,800 opportunities', cutOffImports);
} else {
  notRun('reports on the public data sets', DATA_SETS_MISSING);
}

function reportsOnImportedData(): void {
  const folder = temporaryDirectory();
  let server: Server;
  let api: Api;
  let reports: Reports;
  let said: readonly Said[];

  beforeAll(async () => {
    server = await Server.start();
    api = Api.of(server);
    said = [await run(...IMPORT_DEALS), await run(...IMPORT_LEADS)];
    reports = await Reports.upToDate(api);
  }, LONG);
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const run = (...args: readonly string[]) => sillage(server.dataDirectory, folder, ...args).ended;

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

function cutOffImports(): void {
  it(
    'survives a server that is killed in the middle and started again',
    async () => {
      await withDirectory(async (data) => {
        const first = await Server.start({ dataDirectory: data });
        const running = sillage(data, data, ...IMPORT_DEALS);
        await inTheMiddle(Api.of(first), running);
        await first.stop('SIGKILL');
        const second = await Server.start({
          dataDirectory: data,
          environment: { SILLAGE_PORT: new URL(first.url).port },
        });
        const { code, stdout, stderr } = await running.ended;
        expect([code, stderr]).toEqual([0, expect.stringContaining('waiting for the server')]);
        expect(stdout).toContain('sales_pipeline.csv -> opportunities: 8,800 rows');
        await expectEverything(second);
      });
    },
    LONG,
  );

  it(
    'goes on where it was killed itself',
    async () => {
      await withDirectory(async (data) => {
        const server = await Server.start({ dataDirectory: data });
        const running = sillage(data, data, ...IMPORT_DEALS);
        await inTheMiddle(Api.of(server), running);
        running.process.kill('SIGKILL');
        await running.ended;
        expect(await sillage(data, data, ...IMPORT_DEALS).ended).toMatchObject({ code: 0 });
        await expectEverything(server);
      });
    },
    LONG,
  );

  it(
    'ends in good order on Ctrl-C, says how to go on, and does',
    async () => {
      await withDirectory(async (data) => {
        const server = await Server.start({ dataDirectory: data });
        const running = sillage(data, data, ...IMPORT_DEALS);
        await inTheMiddle(Api.of(server), running);
        running.process.kill('SIGINT');
        const { code, stdout, stderr } = await running.ended;
        expect(code).toBe(130);
        expect(stderr).toMatch(/^sillage: interrupted: run the same command again to go on where it stopped\n$/m);
        const created = Number(/opportunities: .* rows, (.*) created/.exec(stdout)?.[1]?.replace(',', ''));
        expect(await (await Reports.upToDate(Api.of(server))).totals('opportunities')).toMatchObject({
          count: created,
        });
        expect(await sillage(data, data, ...IMPORT_DEALS).ended).toMatchObject({ code: 0 });
        await expectEverything(server);
      });
    },
    LONG,
  );
}

/** Figures as if nothing had happened. */
async function expectEverything(server: Server): Promise<void> {
  const api = Api.of(server);
  const reports = await Reports.upToDate(api);
  await expectOpportunities(reports, crmDeals());
  await expectAccounts(reports, crmCompanies(), crmDeals());
  await server.stop();
}

/** Waits until some thousand opportunities are there, and not all. */
async function inTheMiddle(api: Api, { process }: Sillage): Promise<void> {
  while (process.exitCode === null) {
    const { body } = await api.get('/v1/reports/opportunities');
    if (body.totals.count >= 1_500) return;
    await sleep(10);
  }
  throw new Error('the import ended before it could be cut off');
}

async function withDirectory(test: (directory: string) => Promise<void>): Promise<void> {
  const directory = temporaryDirectory();
  try {
    await test(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
