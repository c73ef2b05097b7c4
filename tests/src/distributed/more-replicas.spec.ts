import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@sillage/event-store/testing';
import { describeOnServers, type Servers } from './servers.js';
import { SillageUnderLoad } from './under-load.js';
import type { Replica } from './whole-sillage.js';

const TITLE = 'a service under load';

await describeOnServers(TITLE, specification);

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

  /** How often each process that asks the service has found this replica; the others never do. */
  function timesFound(service: string, { running }: Replica): readonly number[] {
    const found = `${service}: ${running?.address} is there`;
    return under.sillage.replicas.map(({ running: asking }) => (asking?.log() ?? '').split(found).length - 1);
  }

  /** Starts a replica at the address that it had, and waits until whoever had found it there has found it again. */
  async function startAgain(service: string, replica: Replica): Promise<void> {
    const before = timesFound(service, replica);
    await replica.start();
    await eventually('it is found by all who ask it', () => {
      const now = timesFound(service, replica);
      return before.every((times, asking) => times === 0 || (now[asking] ?? 0) > times);
    });
    await eventually('it takes its share', async () => (await answered(replica)) > 20);
  }

  it('is joined by a replica, which takes its share, and left by another: not one request fails', async () => {
    for (const service of ['accounts', 'opportunities'] as const) {
      const [first, second] = under.sillage.of(service) as [Replica, Replica];
      expect(await second.end()).toBe(0);
      await under.begin();
      await under.moreWrites(30);
      await startAgain(service, second);
      expect(await first.end()).toBe(0);
      await under.moreWrites(60);
      await startAgain(service, first);
      await under.rest();
      expect({ refused: under.refused, unanswered: under.unanswered }).toEqual({ refused: [], unanswered: [] });
      await under.expectNothingWrong();
    }
  }, 120_000);
}
