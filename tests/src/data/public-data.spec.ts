import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { notRun } from '@sillage/kernel/testing';
import { Api } from '../api.js';
import { Server, temporaryDirectory } from '../server.js';
import { type Sillage, sillage } from '../sillage.js';
import { DATA_SETS_MISSING, hasDataSets } from './data-sets.js';
import { expectAccounts, expectOpportunities } from './expect-figures.js';
import { IMPORT_DEALS, importedDataSuite } from './imported-data-suite.js';
import { crmCompanies, crmDeals } from './public-data.js';
import { Reports } from './reports.js';

const LONG = 120_000;

importedDataSuite(() => Server.start());

if (hasDataSets()) {
  describe('an import of 8,800 opportunities', cutOffImports);
} else {
  notRun('an import of 8,800 opportunities', DATA_SETS_MISSING);
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
