import type { Collection, Db } from 'mongodb';
import type { PartitionRecord } from './partitions.js';
import type { CellRecord, DocumentRecord } from './records.js';
import type { RedoRecord } from './redo.js';

/** What a generation was made for. */
export interface SchemaRecord {
  readonly _id: 'schema';
  readonly fingerprint: string;
  /** The generation is being dropped: what is left of it is worth nothing. */
  readonly dropping?: true;
}

/** In which partition of the log a tenant's events are. */
export interface TenantRecord {
  readonly _id: string;
  readonly partition: number;
}

/**
 * The collections of one generation. They lie in one database with those of other generations and are told apart by
 * their names, so that who runs Sillage needs rights on that database only.
 */
export class Collections {
  constructor(
    private readonly db: Db,
    readonly generation: number,
  ) {}

  view(name: string): Collection<DocumentRecord> {
    return this.db.collection(this.name(`view.${name}`));
  }

  get cells(): Collection<CellRecord> {
    return this.db.collection(this.name('cells'));
  }

  get partitions(): Collection<PartitionRecord> {
    return this.db.collection(this.name('partitions'));
  }

  get redo(): Collection<RedoRecord> {
    return this.db.collection(this.name('redo'));
  }

  get tenants(): Collection<TenantRecord> {
    return this.db.collection(this.name('tenants'));
  }

  get schema(): Collection<SchemaRecord> {
    return this.db.collection(this.name('schema'));
  }

  private name(of: string): string {
    return `${this.generation}.${of}`;
  }
}
