import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, Api } from '../api.js';
import { Server } from '../server.js';
import { sillage } from '../sillage.js';

/** A word that stands in every personal field of those who are forgotten, and nowhere else. */
const CANARY = 'zqcanary';

let server: Server;
let api: Api;

beforeEach(async () => {
  server = await Server.start();
  api = Api.of(server);
});
afterEach(() => server.stop());

/** The files of the data directory that hold a text, in whatever letters. */
function filesWith(text: string): readonly string[] {
  const files = readdirSync(server.dataDirectory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name));
  return paths.filter((file) => readFileSync(file).toString('latin1').toLowerCase().includes(text));
}

async function untilInNoFile(): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (filesWith(CANARY).length > 0 && performance.now() < deadline) await setTimeout(50);
  expect(filesWith(CANARY)).toEqual([]);
}

/** A client of whom much is known, who is changed, and with whom there are interactions; and others. */
async function fill(): Promise<{ readonly id: string; readonly last: Answer }> {
  const notes = `${CANARY} `.repeat(1_000);
  const person = { name: `${CANARY} Smith`, email: `${CANARY}@example.com`, tags: [CANARY], custom: { about: CANARY } };
  const { body } = await api.post('/v1/clients', { ...person, externalId: CANARY });
  await api.patch(`/v1/clients/${body.id}`, { jobTitle: CANARY, address: { city: CANARY } }, 0);
  const about = { kind: 'note', date: '2026-02-01T00:00:00Z', subject: `about ${CANARY}` };
  await api.post('/v1/interactions', { ...about, notes, clientId: body.id });
  for (let batch = 0; batch < 5; batch += 1) {
    const items = Array.from({ length: 100 }, (_, n) => ({ name: `Other ${batch}-${n}`, jobTitle: 'other' }));
    await api.post('/v1/clients/batch', { items });
  }
  const last = await api.post('/v1/interactions', { ...about, clientId: body.id });
  await api.getAfter(last, '/v1/clients');
  return { id: body.id, last };
}

function run(...args: readonly string[]) {
  return sillage(server.dataDirectory, server.dataDirectory, ...args).ended;
}

describe('a client', () => {
  it('is readable in no file of the events, and in no file at all once forgotten', async () => {
    const { id } = await fill();
    expect(filesWith(CANARY).map((file) => path.relative(server.dataDirectory, file))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^views/)]),
    );
    expect(filesWith(CANARY).filter((file) => /events|keys|erasures/.test(file))).toEqual([]);
    const certificate = await api.post(`/v1/clients/${id}/forget`);
    await api.getAfter(certificate, '/v1/clients');
    await untilInNoFile();
    await server.stop('SIGKILL');
    expect(filesWith(CANARY)).toEqual([]);
  });

  it('is in no export that is made later, and such an export can be loaded', async () => {
    const { id } = await fill();
    await api.post(`/v1/clients/${id}/forget`);
    await server.stop('SIGKILL');
    const file = path.join(server.dataDirectory, 'events.ndjson');
    expect((await run('export', file)).code).toBe(0);
    expect(readFileSync(file, 'latin1')).not.toContain(CANARY);
    const target = path.join(server.dataDirectory, 'moved');
    const loaded = await sillage(target, server.dataDirectory, 'load', file).ended;
    expect(loaded).toMatchObject({ code: 0, stderr: expect.any(String) });
    const moved = await Server.start({ dataDirectory: target });
    const there = await Api.of(moved).get(`/v1/clients/${id}`);
    expect(there.body).toMatchObject({ id, forgottenAt: expect.any(String) });
    const again = await Api.of(moved).post(`/v1/clients/${id}/forget`);
    expect([again.status, again.body.subject]).toEqual([200, `clients/${id}`]);
    await moved.stop();
  });
});
