import { StoreUnavailable } from '@sillage/kernel';
import { Binary, type Db } from 'mongodb';
import {
  type Concern,
  type ErasedSince,
  type Erasure,
  type KeyStore,
  PersonForgotten,
  type StreamKey,
  type WrappedKey,
  type WrappedTenantKey,
} from '../key-store.js';
import type { ConcernRecord, ErasureRecord, KeyRecord, TenantRecord } from './records.js';

/**
 * Clocks of servers may differ, and a majority may take its time: what was erased so many milliseconds before a cursor
 * is told again.
 */
const OVERLAP = 10_000;

export interface MongoKeys {
  readonly db: Db;
  close(): Promise<void>;
}

/**
 * The keys in a database of their own, whose writes wait for the disks of a majority. The indexes are made when they are
 * missing.
 */
export async function openMongoKeyStore(database: MongoKeys): Promise<KeyStore> {
  const store = new MongoKeyStore(database);
  await store.makeIndexes();
  return store;
}

class MongoKeyStore implements KeyStore {
  constructor(private readonly database: MongoKeys) {}

  async makeIndexes(): Promise<void> {
    await answered(async () => {
      await this.keys.createIndex({ 'erased.at': 1 }, { sparse: true });
      await this.concerns.createIndex({ '_id.tenant': 1, '_id.person': 1 });
    });
  }

  tenantKey(tenant: string): Promise<WrappedTenantKey | undefined> {
    return answered(async () => {
      const record = await this.tenants.findOne({ _id: tenant });
      return record === null ? undefined : toTenantKey(record);
    });
  }

  find(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array | 'erased'>> {
    return answered(async () => {
      const records = await this.keys.find({ _id: { $in: [...ids] }, tenant }).toArray();
      return new Map(records.map(({ _id, wrapped }) => [_id, wrapped === undefined ? 'erased' : bytes(wrapped)]));
    });
  }

  erasedSince(cursor: number | undefined): Promise<ErasedSince> {
    return answered(async () => {
      const since = new Date((cursor ?? Date.now()) - OVERLAP);
      const records = await this.keys.find({ 'erased.at': { $gte: since } }).toArray();
      const erased = records.flatMap(({ _id: key, erased }) => (erased ? [{ key, stream: erased.stream }] : []));
      const last = Math.max(cursor ?? Date.now(), ...records.map(({ erased }) => erased?.at.getTime() ?? 0));
      return { cursor: last, erased };
    });
  }

  addTenantKey({ tenant, master, wrapped }: WrappedTenantKey): Promise<WrappedTenantKey> {
    return answered(async () => {
      const first = { $setOnInsert: { master, wrapped: new Binary(wrapped) } };
      const record = await this.tenants.findOneAndUpdate({ _id: tenant }, first, {
        upsert: true,
        returnDocument: 'after',
      });
      if (record === null) throw new Error('MongoDB gave no record back that it has just written');
      return toTenantKey(record);
    });
  }

  tenantKeys(): Promise<readonly WrappedTenantKey[]> {
    return answered(async () => (await this.tenants.find().sort({ _id: 1 }).toArray()).map(toTenantKey));
  }

  rewrapTenantKey({ tenant, master, wrapped }: WrappedTenantKey, from: string): Promise<void> {
    return answered(async () => {
      await this.tenants.updateOne({ _id: tenant, master: from }, { $set: { master, wrapped: new Binary(wrapped) } });
    });
  }

  add(tenant: string, keys: readonly WrappedKey[]): Promise<void> {
    return answered(async () => {
      await this.keys.insertMany(keys.map(({ id, wrapped }) => ({ _id: id, tenant, wrapped: new Binary(wrapped) })));
    });
  }

  /**
   * Written first and looked up then, while an erasure is entered first and what concerns its person looked up then: so
   * of the two at least one sees the other. What was written in vain is of no harm.
   */
  addConcerns(tenant: string, concerns: readonly Concern[]): Promise<void> {
    return answered(async () => {
      const records = concerns.map(({ person, stream }) => ({ _id: { tenant, person, stream } }));
      await this.concerns.bulkWrite(
        records.map((record) => ({ replaceOne: { filter: record, replacement: {}, upsert: true } })),
        { ordered: false },
      );
      const persons = [...new Set(concerns.map(({ person }) => person))];
      const ids = persons.map((person) => ({ tenant, person }));
      const forgotten = await this.ledger.findOne({ _id: { $in: ids } });
      if (forgotten !== null) throw new PersonForgotten(forgotten._id.person);
    });
  }

  concerning(tenant: string, person: string): Promise<readonly string[]> {
    return answered(async () => {
      const records = await this.concerns.find({ '_id.tenant': tenant, '_id.person': person }).toArray();
      return records.map(({ _id }) => _id.stream);
    });
  }

  addErasure({ tenant, person, at, by }: Erasure): Promise<Erasure> {
    return answered(async () => {
      const _id = { tenant, person };
      const first = { $setOnInsert: { at, by } };
      const record = await this.ledger.findOneAndUpdate({ _id }, first, { upsert: true, returnDocument: 'after' });
      if (record === null) throw new Error('MongoDB gave no record back that it has just written');
      return toErasure(record);
    });
  }

  erasures(): Promise<readonly Erasure[]> {
    return answered(async () => (await this.ledger.find().sort({ at: 1 }).toArray()).map(toErasure));
  }

  erase(tenant: string, keys: readonly StreamKey[]): Promise<void> {
    return answered(async () => {
      const at = new Date();
      const updates = keys.map(({ key, stream }) => ({
        updateOne: {
          filter: { _id: key, tenant, erased: { $exists: false } },
          update: { $unset: { wrapped: true as const }, $set: { erased: { stream, at } } },
        },
      }));
      if (updates.length > 0) await this.keys.bulkWrite(updates, { ordered: false });
    });
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private get tenants() {
    return this.database.db.collection<TenantRecord>('tenants');
  }

  private get keys() {
    return this.database.db.collection<KeyRecord>('keys');
  }

  private get concerns() {
    return this.database.db.collection<ConcernRecord>('concerns');
  }

  private get ledger() {
    return this.database.db.collection<ErasureRecord>('erasures');
  }
}

async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PersonForgotten) throw error;
    const unavailable = new StoreUnavailable(`its keys: ${error instanceof Error ? error.message : error}`);
    unavailable.cause = error;
    throw unavailable;
  }
}

function toTenantKey({ _id: tenant, master, wrapped }: TenantRecord): WrappedTenantKey {
  return { tenant, master, wrapped: bytes(wrapped) };
}

function toErasure({ _id: { tenant, person }, at, by }: ErasureRecord): Erasure {
  return { tenant, person, at, by };
}

/** The driver gives Binary, or bytes where it is told to promote them. */
function bytes(value: Binary | Uint8Array): Uint8Array {
  return value instanceof Binary ? value.value() : value;
}
