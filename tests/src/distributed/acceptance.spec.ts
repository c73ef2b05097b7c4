import { afterAll, beforeAll } from '@jest/globals';
import { acceptanceSuites } from '../acceptance/suites.js';
import { importedDataSuite } from '../data/imported-data-suite.js';
import { describeOnServers, type Servers } from './servers.js';
import { WholeSillage } from './whole-sillage.js';

await describeOnServers('the distributed profile', specification);

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
