import type { Collection, Db } from 'mongodb';
import { ViewsOfAnotherSchema } from '../errors.js';
import { fingerprint } from '../fingerprint.js';
import type { ViewGenerations } from '../generations.js';
import type { Schema } from '../view.js';
import { Collections, type SchemaRecord } from './collections.js';
import { createMissingIndexes } from './indexes.js';
import { MongoViewReader } from './mongo-view-reader.js';
import { MongoViewStore } from './mongo-view-store.js';

/**
 * Raise it with each change of the records, of the tokens or of how words are folded: the views of older databases are
 * then made anew.
 */
const LAYOUT_VERSION = 2;

/** Milliseconds between two looks at which generation serves. */
const LOOK_EVERY = 500;

/** Which generation serves. */
interface ServingRecord {
  readonly _id: 'serving';
  readonly generation: number;
}

/** The generations of the views in one database, and a record that names the one that serves. */
export class MongoGenerations implements ViewGenerations {
  readonly #serving: Collection<ServingRecord>;
  readonly #fingerprint: string;

  constructor(
    private readonly db: Db,
    private readonly schema: Schema,
  ) {
    this.#serving = db.collection('serving');
    this.#fingerprint = `${LAYOUT_VERSION} ${fingerprint(schema)}`;
  }

  async current(): Promise<number | undefined> {
    const serving = await this.#serving.findOne({ _id: 'serving' });
    if (!serving) return undefined;
    const made = await this.#collections(serving.generation).schema.findOne({ _id: 'schema' });
    return made && made.dropping === undefined ? serving.generation : undefined;
  }

  async next(): Promise<number> {
    return ((await this.current()) ?? 0) + 1;
  }

  async open(generation: number): Promise<MongoViewStore> {
    await this.createIndexes(generation);
    return new MongoViewStore(this.#collections(generation), this.schema);
  }

  build(generation: number): Promise<MongoViewStore> {
    return this.open(generation);
  }

  /**
   * Opens a generation that was made, to read only.
   * @throws ViewsOfAnotherSchema
   */
  async read(generation: number): Promise<MongoViewReader> {
    const collections = this.#collections(generation);
    this.#requireOurs(generation, await collections.schema.findOne({ _id: 'schema' }));
    return new MongoViewReader(collections, this.schema);
  }

  async serve(generation: number): Promise<void> {
    await this.#serving.updateOne({ _id: 'serving' }, { $set: { generation } }, { upsert: true });
  }

  onServe(listener: (generation: number) => void): () => void {
    let last: number | undefined;
    let isStopped = false;
    const look = async () => {
      const current = await this.current();
      if (isStopped || current === undefined || current === last) return;
      last = current;
      listener(current);
    };
    // A look that fails is made up for by the next one.
    const lookAgain = () => void look().catch(() => undefined);
    lookAgain();
    const timer = setInterval(lookAgain, LOOK_EVERY);
    timer.unref();
    return () => {
      isStopped = true;
      clearInterval(timer);
    };
  }

  /** May be interrupted at any point: what is left is then known to be worth nothing. */
  async drop(generation: number): Promise<void> {
    const { schema } = this.#collections(generation);
    await schema.updateOne({ _id: 'schema' }, { $set: { dropping: true } });
    for (const name of await this.#names()) {
      if (generationOf(name) === generation && name !== schema.collectionName) await this.db.dropCollection(name);
    }
    await schema.drop();
  }

  async dropOthers(): Promise<void> {
    const kept = new Set([await this.current(), await this.next()]);
    const generations = new Set((await this.#names()).map(generationOf));
    for (const generation of generations) {
      if (generation !== undefined && !kept.has(generation)) await this.drop(generation);
    }
  }

  /**
   * Creates the indexes of a generation that are missing.
   * @returns their names
   * @throws ViewsOfAnotherSchema
   */
  async createIndexes(generation: number): Promise<readonly string[]> {
    await this.#make(generation);
    return createMissingIndexes(this.#collections(generation), this.schema);
  }

  /** Says what a new generation is made for. Of several processes that do so at once one does, and all see what. */
  async #make(generation: number): Promise<void> {
    const { schema } = this.#collections(generation);
    const made = await schema.findOne({ _id: 'schema' });
    if (made?.dropping) await this.drop(generation);
    const found = await schema.findOneAndUpdate(
      { _id: 'schema' },
      { $setOnInsert: { fingerprint: this.#fingerprint } },
      { upsert: true, returnDocument: 'after' },
    );
    this.#requireOurs(generation, found);
  }

  #requireOurs(generation: number, found: SchemaRecord | null): void {
    if (found?.fingerprint !== this.#fingerprint)
      throw new ViewsOfAnotherSchema(`generation ${generation} of ${this.db.databaseName}`);
  }

  #collections(generation: number): Collections {
    return new Collections(this.db, generation);
  }

  async #names(): Promise<readonly string[]> {
    return (await this.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  }
}

/** The generation that a collection belongs to; undefined for any other. */
function generationOf(name: string): number | undefined {
  const number = /^(\d+)\./.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}
