import { type Collection, type Db, MongoBulkWriteError } from 'mongodb';

/**
 * Throws where a fault is wanted: before a write is sent, or behind it, when its writer never learns that it was done.
 * What takes its time holds the writer up, as if its process were stopped.
 */
export type WriteFault = (moment: 'before' | 'after', write: string) => void | Promise<void>;

const WRITES: ReadonlySet<string | symbol> = new Set(['insertMany', 'updateOne', 'deleteMany']);

/** A database whose writes fail where `at` wants them to. Writes of several records are done in two halves. */
export class FaultyDatabase {
  at: WriteFault = () => {};
  readonly db: Db;

  constructor(db: Db) {
    this.db = intercepted(db, (property) =>
      property === 'collection' ? (name: string) => this.collection(db.collection(name)) : undefined,
    );
  }

  private collection(collection: Collection): Collection {
    return intercepted(collection, (property) => {
      if (property === 'bulkWrite')
        return (...args: Parameters<Collection['bulkWrite']>) => this.halves(collection, args);
      if (!WRITES.has(property)) return undefined;
      return (...args: unknown[]) => this.attempt(collection, String(property), () => call(collection, property, args));
    });
  }

  private async halves(
    collection: Collection,
    [operations, options]: Parameters<Collection['bulkWrite']>,
  ): Promise<unknown> {
    const middle = Math.ceil(operations.length / 2);
    let refused: MongoBulkWriteError | undefined;
    for (const half of [operations.slice(0, middle), operations.slice(middle)]) {
      if (half.length === 0) continue;
      try {
        await this.attempt(collection, 'bulkWrite', () => collection.bulkWrite(half, options));
      } catch (error) {
        // As without order: what is refused of one half does not keep the other from being written.
        if (!(error instanceof MongoBulkWriteError)) throw error;
        refused = error;
      }
    }
    if (refused !== undefined) throw refused;
    return undefined;
  }

  private async attempt<T>(collection: Collection, operation: string, write: () => Promise<T>): Promise<T> {
    const name = `${operation} ${collection.collectionName}`;
    await this.at('before', name);
    const result = await write();
    await this.at('after', name);
    return result;
  }
}

/** The same object, but for what is put in the place of some of its members. */
function intercepted<T extends object>(target: T, instead: (property: string | symbol) => unknown): T {
  return new Proxy(target, {
    get: (_, property) => {
      const value: unknown = instead(property) ?? Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function call(target: object, property: string | symbol, args: readonly unknown[]): Promise<unknown> {
  const method: unknown = Reflect.get(target, property);
  if (typeof method !== 'function') throw new TypeError(`no method ${String(property)}`);
  return method.apply(target, args);
}
