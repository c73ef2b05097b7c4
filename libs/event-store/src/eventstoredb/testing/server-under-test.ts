import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverOf } from '@sillage/kernel/testing';
import { TestServer } from './server/test-server.js';

export interface ServerUnderTest {
  /** `EventStoreDB` or the name of what stands in for it, for the titles of tests. */
  readonly name: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** The server that the run has, which may hold events of others; else a test server of one's own. */
export async function startServerUnderTest(): Promise<ServerUnderTest> {
  const ofRun = await serverOf('EVENTSTOREDB_URL');
  if ('at' in ofRun) return { name: 'EventStoreDB', url: ofRun.at, stop: async () => {} };
  const { server, stop } = await startTestServer();
  return { name: 'EventStoreDB (test server)', url: server.url, stop };
}

/** A test server in this process, with a log of its own, which `stop` removes. */
export async function startTestServer(): Promise<{ readonly server: TestServer; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sillage-eventstoredb-'));
  const server = await TestServer.start({ folder });
  const stop = async () => {
    server.stop();
    await rm(folder, { recursive: true });
  };
  return { server, stop };
}
