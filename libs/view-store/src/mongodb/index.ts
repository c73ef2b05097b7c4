import { type Db, MongoClient } from 'mongodb';

export { MongoGenerations } from './generations.js';
export { type LockOptions, MongoLock } from './lock.js';

export interface MongoOptions {
  /** As `mongodb://` or `mongodb+srv://`, with everything that is needed to be let in. */
  readonly uri: string;
  /** Name of the database, made with its first record. The one that the uri names, unless it is given. */
  readonly database?: string;
}

/** A database and its connections. */
export interface MongoDatabase {
  readonly db: Db;
  close(): Promise<void>;
}

/** Milliseconds after which a connection that hangs is given up, in the middle of a write too. */
const SOCKET_TIMEOUT = 30_000;

/**
 * Connects to MongoDB. What is written is on the disks of a majority before it counts, and what is read is read where it
 * was written: a projector builds on what it reads.
 * @throws MongoServerSelectionError when nobody answers within five seconds.
 */
export async function openMongoDatabase({ uri, database }: MongoOptions): Promise<MongoDatabase> {
  const client = new MongoClient(uri, {
    appName: 'sillage',
    readPreference: 'primary',
    writeConcern: { w: 'majority', journal: true },
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: SOCKET_TIMEOUT,
  });
  try {
    await client.connect();
  } catch (error) {
    await client.close();
    throw error;
  }
  return { db: client.db(database ?? databaseIn(uri)), close: () => client.close() };
}

/** The driver would take a database named `test` where the uri names none. */
function databaseIn(uri: string): string {
  return /^[^/]+\/\/[^/]+\/([^?]+)/.exec(uri)?.[1] ?? 'sillage';
}
