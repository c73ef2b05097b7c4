import { randomUUID } from 'node:crypto';
import { type Collection, type Db, MongoServerError } from 'mongodb';
import { DUPLICATE_KEY } from './partitions.js';

/** Who has a lock, and until when unless it is renewed. */
interface LockRecord {
  readonly _id: string;
  readonly holder: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export interface LockOptions {
  readonly db: Db;
  readonly name: string;
  /** Milliseconds since 1970, UTC. The clocks of those who want the lock are to differ by less than its lease. */
  readonly now: () => number;
  /** Milliseconds after which the lock of a process that is no more may be taken. */
  readonly lease?: number;
}

const LEASE = 60_000;

/** So that one renewal may fail, and another be slow. */
const RENEWALS_PER_LEASE = 4;

/**
 * A lock that one process at a time holds, in whichever place. It spares work that would be done twice; it is no
 * safeguard, since a process that is frozen learns too late that it has lost it.
 */
export class MongoLock {
  readonly #lost = new AbortController();
  readonly #renewing: NodeJS.Timeout;

  private constructor(
    private readonly locks: Collection<LockRecord>,
    private readonly record: LockRecord,
    private readonly now: () => number,
    private readonly lease: number,
  ) {
    let until = record.until;
    const renew = async () => {
      until = (await this.#renewed()) ?? until;
      if (now() >= until) this.#lose();
    };
    this.#renewing = setInterval(() => void renew(), lease / RENEWALS_PER_LEASE);
    this.#renewing.unref();
  }

  /** Undefined while somebody else has it. */
  static async take({ db, name, now, lease = LEASE }: LockOptions): Promise<MongoLock | undefined> {
    const locks = db.collection<LockRecord>('locks');
    const at = now();
    const record = { _id: name, holder: randomUUID(), until: at + lease };
    try {
      const { _id, ...held } = record;
      await locks.updateOne({ _id, until: { $lte: at } }, { $set: held }, { upsert: true });
    } catch (error) {
      if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return undefined;
      throw error;
    }
    return new MongoLock(locks, record, now, lease);
  }

  /** Aborted when somebody else may have it. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async release(): Promise<void> {
    clearInterval(this.#renewing);
    const { _id, holder } = this.record;
    await this.locks.deleteOne({ _id, holder });
  }

  /** Until when the lock is held now; undefined when the server does not answer, which it may the next time. */
  async #renewed(): Promise<number | undefined> {
    const { _id, holder } = this.record;
    const until = this.now() + this.lease;
    try {
      const { matchedCount } = await this.locks.updateOne({ _id, holder }, { $set: { until } });
      if (matchedCount === 0) this.#lose();
      return until;
    } catch {
      return undefined;
    }
  }

  #lose(): void {
    clearInterval(this.#renewing);
    this.#lost.abort(new Error(`the lock ${this.record._id} is somebody else's`));
  }
}
