import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@sillage/event-store/testing';
import { notRun } from '@sillage/kernel/testing';
import { findServers, type Servers } from './servers.js';
import { SillageUnderLoad } from './under-load.js';
import type { Replica } from './whole-sillage.js';

const TITLE = 'a service under load';

const servers = await findServers();

if ('missing' in servers) notRun(TITLE, servers.missing);
else describe(TITLE, () => specification(servers));

function specification(servers: Servers): void {
  let under: SillageUnderLoad;

  beforeAll(async () => {
    const counts = { accounts: 2, opportunities: 2 };
    under = await SillageUnderLoad.start(servers, { counts, more: { SILLAGE_MANAGEMENT_PORT: '0' } });
  }, 90_000);
  afterAll(async () => {
    await under.end();
    await servers.stop();
  }, 30_000);

  /** How many messages a replica has answered. */
  async function answered({ running }: Replica): Promise<number> {
    const metrics = await (await fetch(`${running?.management}/metrics`)).text();
    const counts = [...metrics.matchAll(/^sillage_message_seconds_count\{.*\} (\d+)$/gm)];
    return counts.reduce((sum, [, count]) => sum + Number(count), 0);
  }

  it('is joined by a replica, which takes its share, and left by another: not one request fails', async () => {
    for (const service of ['accounts', 'opportunities'] as const) {
      const [first, second] = under.sillage.of(service) as [Replica, Replica];
      expect(await second.end()).toBe(0);
      await under.begin();
      await under.moreWrites(30);
      await second.start();
      await eventually('the new replica takes its share', async () => (await answered(second)) > 20);
      expect(await first.end()).toBe(0);
      await under.moreWrites(60);
      await first.start();
      await eventually('the one that is back takes its share', async () => (await answered(first)) > 20);
      await under.rest();
      expect({ refused: under.refused, unanswered: under.unanswered }).toEqual({ refused: 0, unanswered: [] });
      await under.expectNothingWrong();
    }
  }, 120_000);
}
