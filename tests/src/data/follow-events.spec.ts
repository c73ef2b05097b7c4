import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { expect, it } from '@jest/globals';
import { Api } from '../api.js';
import { Server, temporaryDirectory } from '../server.js';
import { sillage } from '../sillage.js';

it('events are printed as they happen, each once, also through a server that is killed and started again', async () => {
  const data = temporaryDirectory();
  const first = await Server.start({ dataDirectory: data });
  const create = (server: Server, name: string) => Api.of(server).post('/v1/accounts', { name });
  await create(first, 'before');
  const following = sillage(data, data, 'events', '--follow', '--type', 'sillage.account.created.v1');
  const lines = createInterface({ input: following.process.stdout! })[Symbol.asyncIterator]();
  const nextName = async (): Promise<string> => JSON.parse((await lines.next()).value ?? '').data.record.name;

  expect(await nextName()).toBe('before');
  await create(first, 'live');
  expect(await nextName()).toBe('live');
  await first.stop('SIGKILL');
  const second = await Server.start({
    dataDirectory: data,
    environment: { SILLAGE_PORT: new URL(first.url).port },
  });
  await create(second, 'after');
  expect(await nextName()).toBe('after');

  following.process.kill('SIGKILL');
  await following.ended;
  await second.stop();
  rmSync(data, { recursive: true });
}, 60_000);
