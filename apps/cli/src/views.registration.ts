import { REPORTING_SCHEMA } from '@sillage/reporting';
import { MongoGenerations, MongoLock, openMongoDatabase } from '@sillage/view-store/mongodb';
import { Failure } from './failure.js';

/** The views of a distributed Sillage. */
export interface DistributedViews {
  readonly generations: MongoGenerations;
  /** Undefined while another process has it. */
  lock(name: string): Promise<MongoLock | undefined>;
  close(): Promise<void>;
}

/** @throws Failure when nobody says where the database is, or it cannot be reached. */
export async function openDistributedViews({ MONGODB_URI: uri }: NodeJS.ProcessEnv): Promise<DistributedViews> {
  if (!uri) throw new Failure('MONGODB_URI is not set');
  const { db, close } = await openMongoDatabase({ uri }).catch((error: unknown) => {
    throw new Failure(`cannot reach MongoDB: ${error instanceof Error ? error.message : error}`);
  });
  return {
    generations: new MongoGenerations(db, REPORTING_SCHEMA),
    lock: (name) => MongoLock.take({ db, name, now: Date.now }),
    close,
  };
}
