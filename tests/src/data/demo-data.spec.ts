import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../api.js';
import { Server, temporaryDirectory } from '../server.js';
import { type Said, sillage } from '../sillage.js';
import { demoCompanies, demoDeals, demoLeads } from './demo-data.js';
import { expectAccounts, expectOpportunities, expectProspects } from './expect-figures.js';
import { opportunityFigures } from './figures.js';
import { lastPosition, Reports } from './reports.js';

const SIZE = 6_000;

describe('reports on the demonstration data', () => {
  const directory = temporaryDirectory();
  const data = path.join(directory, 'demo');
  let server: Server;
  let reports: Reports;
  let said: Said;

  beforeAll(async () => {
    server = await Server.start();
    said = await demo();
    reports = await Reports.upToDate(Api.of(server));
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(directory, { recursive: true });
  });

  const demo = () =>
    sillage(server.dataDirectory, directory, 'demo', '--size', String(SIZE), '--seed', '42', '--out', data).ended;

  it('every record is taken, in every currency and script', () => {
    expect(said.code).toBe(0);
    expect(said.stdout).toContain('6,000 rows in');
  });

  it('opportunities are as computed from the rows', async () => {
    const deals = demoDeals(data);
    await expectOpportunities(reports, deals);
    const won = deals.filter(({ amount, kind }) => amount?.currency === 'JPY' && kind === 'won');
    expect(await reports.figures('opportunities', ['owner'], 'currency=JPY&stage=won')).toEqual(
      opportunityFigures(won, ['owner']),
    );
  });

  it('accounts are as computed from the rows', async () => {
    await expectAccounts(reports, demoCompanies(data), demoDeals(data));
  });

  it('prospects are as computed from the rows', async () => {
    await expectProspects(reports, demoLeads(data));
  });

  it('the same demonstration again adds no event', async () => {
    const before = await lastPosition(Api.of(server));
    expect((await demo()).stdout).toContain(
      'opportunities.csv -> opportunities: 1,500 rows, 0 created, 0 updated, 1,500 unchanged',
    );
    expect(await lastPosition(Api.of(server))).toBe(before);
  }, 60_000);
});
