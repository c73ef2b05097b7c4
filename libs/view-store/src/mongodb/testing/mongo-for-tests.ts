import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe } from '@jest/globals';
import { newId } from '@sillage/kernel';
import { notRun, serverOf } from '@sillage/kernel/testing';
import { type MongoDatabase, openMongoDatabase } from '../index.js';

/** Prints the uri of the server that it starts, or says on stderr why it cannot and ends with this code. */
const PROGRAM = fileURLToPath(new URL('../../../../../tests/servers/mongodb/start.js', import.meta.url));
const NOT_HERE = 3;

/** A server for the tests of one file. */
export interface MongoForTests {
  readonly uri: string;
  /** Connects to a new, empty database; `remove` drops it and disconnects. */
  openDatabase(): Promise<MongoDatabase & { remove(): Promise<void> }>;
}

/**
 * Declares tests that need a MongoDB: the one that the run has, or one that is started here and ends with them. Where
 * there is neither, they are not run, and the end of the run says why.
 */
export async function describeOnMongo(name: string, tests: (mongo: MongoForTests) => void): Promise<void> {
  const server = await found();
  if ('missing' in server) {
    notRun(name, server.missing);
    return;
  }
  const { uri, stop } = server;
  describe(name, () => {
    tests({ uri, openDatabase: () => openDatabase(uri) });
    // Behind what the tests themselves do in the end.
    afterAll(stop);
  });
}

type Found = { readonly uri: string; stop(): Promise<void> } | { readonly missing: string };

async function found(): Promise<Found> {
  const ofRun = await serverOf('MONGODB_URI');
  if ('at' in ofRun) return { uri: ofRun.at, stop: async () => undefined };
  const own = await start();
  return 'missing' in own ? { missing: `${ofRun.missing}, and ${own.missing}` } : own;
}

async function start(): Promise<Found> {
  const server = spawn(process.execPath, [PROGRAM], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(server, 'close');
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [uri] = await Promise.race([once(createInterface(server.stdout), 'line'), ended.then(() => [undefined])]);
  if (typeof uri === 'string') {
    const stop = async () => {
      server.stdin.end();
      await ended;
    };
    return { uri, stop };
  }
  if (server.exitCode === NOT_HERE) return { missing: said.trim().split('\n').at(-1) ?? '' };
  throw new Error(`the MongoDB of the tests did not start: ${said}`);
}

async function openDatabase(uri: string): Promise<MongoDatabase & { remove(): Promise<void> }> {
  const database = await openMongoDatabase({ uri, database: `sillage-test-${newId()}` });
  const remove = async () => {
    await database.db.dropDatabase();
    await database.close();
  };
  return { ...database, remove };
}
