import type { JsonObject } from '@sillage/kernel';
import type { Filter, Query } from '../query.js';
import type { Schema, View } from '../view.js';
import type { StoredCell, StoredDocument, ViewBatch } from '../view-store.js';

/** A view with a field of every kind, sortable and not, searched and not. */
export const DEALS = {
  name: 'deals',
  fields: {
    createdAt: { kind: 'instant', sortable: true },
    name: { kind: 'keyword', sortable: true, searched: true },
    notes: { kind: 'text', searched: true },
    owner: { kind: 'keyword', sortable: true },
    source: { kind: 'keyword' },
    accountId: { kind: 'reference' },
    clientId: { kind: 'reference', sortable: true },
    amount: { kind: 'money', sortable: true },
    cost: { kind: 'money' },
    probability: { kind: 'number', sortable: true },
    score: { kind: 'number' },
    updatedAt: { kind: 'instant', sortable: true },
    seenAt: { kind: 'instant' },
    closeDate: { kind: 'date', sortable: true },
    startDate: { kind: 'date' },
    tags: { kind: 'keywords', searched: true },
    custom: { kind: 'open', searched: true },
    'address.city': { kind: 'keyword', sortable: true, searched: true },
  },
} as const satisfies View;

export const SCHEMA: Schema = {
  views: [DEALS, { name: 'others', fields: { createdAt: { kind: 'instant', sortable: true } } }],
  cubes: [
    { name: 'pipeline', dimensions: ['stage', 'owner', 'month'] },
    { name: 'others', dimensions: ['stage'] },
  ],
};

export const CREATED_AT = '2026-03-01T08:00:00.000Z';

export type DocumentInBatch = ViewBatch['documents'][number];
export type CellInBatch = ViewBatch['cells'][number];

/**
 * Makes the documents of one tenant, and batches of them, as a projector would: each change has the next position of the
 * log, and each batch begins where the one before it ends.
 */
export class SampleLog {
  readonly #partition: number;
  #position: number;
  #checkpoint: number;

  constructor(
    readonly tenant: string,
    { after = 0, partition = 0 }: { readonly after?: number; readonly partition?: number } = {},
  ) {
    this.#partition = partition;
    this.#position = after;
    this.#checkpoint = after;
  }

  get position(): number {
    return this.#position;
  }

  /** A new deal, of the id `deal-<position>` and created at `CREATED_AT` unless the fields say otherwise. */
  created(fields: JsonObject = {}): DocumentInBatch {
    const position = ++this.#position;
    const id = typeof fields.id === 'string' ? fields.id : `deal-${position}`;
    return {
      view: DEALS.name,
      tenant: this.tenant,
      id,
      ordinal: position,
      position,
      deleted: false,
      document: { id, createdAt: CREATED_AT, ...fields },
    };
  }

  /** The same deal after a change of some fields. */
  changed(deal: DocumentInBatch, fields: JsonObject): DocumentInBatch {
    return { ...deal, position: ++this.#position, document: { ...deal.document, ...fields } };
  }

  deleted(deal: DocumentInBatch): DocumentInBatch {
    return { ...deal, position: ++this.#position, deleted: true };
  }

  restored(deal: DocumentInBatch): DocumentInBatch {
    return { ...deal, position: ++this.#position, deleted: false };
  }

  cell(dimensions: StoredCell['dimensions'], measures: StoredCell['measures']): CellInBatch {
    return { cube: 'pipeline', tenant: this.tenant, dimensions, measures, position: ++this.#position };
  }

  /** A batch up to here. */
  batch(contents: { readonly documents?: ViewBatch['documents']; readonly cells?: ViewBatch['cells'] }): ViewBatch {
    const { documents = [], cells = [] } = contents;
    const checkpoint = { partition: this.#partition, after: this.#checkpoint, position: this.#position };
    this.#checkpoint = this.#position;
    return { documents, cells, checkpoint };
  }
}

/** Everything of a tenant that is not deleted. */
export function filterOf(tenant: string, filter: Partial<Filter> = {}): Filter {
  return { tenant, conditions: [], words: [], deleted: false, ...filter };
}

/** The same, oldest first, on one page. */
export function queryOf(tenant: string, query: Partial<Query> = {}): Query {
  return { ...filterOf(tenant), sort: { field: 'createdAt', descending: false }, limit: 1_000, ...query };
}

/** What a document in a batch is once it is stored. */
export function storedOf({ view: _, ...stored }: DocumentInBatch): StoredDocument {
  return stored;
}

export function storedCellOf({ cube: _, ...stored }: CellInBatch): StoredCell {
  return stored;
}
