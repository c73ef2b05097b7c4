import { afterAll, beforeAll, describe } from '@jest/globals';
import { notRun } from '@sillage/kernel/testing';
import { acceptanceSuites } from '../acceptance/suites.js';
import { importedDataSuite } from '../data/imported-data-suite.js';
import { findServers, type Servers } from './servers.js';
import { WholeSillage } from './whole-sillage.js';

const servers = await findServers();

if ('missing' in servers) notRun('the distributed profile', servers.missing);
else describe('the distributed profile', () => specification(servers));

function specification(servers: Servers): void {
  let sillage: WholeSillage;

  beforeAll(async () => {
    sillage = await WholeSillage.start(servers);
  }, 60_000);
  afterAll(async () => {
    await sillage.stop();
    await servers.stop();
  }, 30_000);

  acceptanceSuites(() => sillage.newTenant());
  importedDataSuite(() => sillage.newTenant());
}
