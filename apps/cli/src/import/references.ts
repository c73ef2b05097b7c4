import type { RecordTypeName } from '@sillage/contracts';
import { LRUCache } from 'lru-cache';
import type { ApiClient } from '../api-client/api-client.js';
import type { RowReference } from '../mapping/map-row.js';

/** Ids that are kept at hand; with their external ids some 20 MB. */
const MOST_KEPT = 100_000;

/** The ids behind external ids. What was met before is at hand; the rest is asked for in bulk. */
export class References {
  private readonly known = new LRUCache<string, string>({ max: MOST_KEPT });

  /** @param types those that are referred to at all: ids of others need not be kept */
  constructor(
    private readonly client: ApiClient,
    private readonly types: ReadonlySet<RecordTypeName>,
  ) {}

  note(type: RecordTypeName, externalId: string, id: string): void {
    if (this.types.has(type)) this.known.set(keyOf({ type, externalId }), id);
  }

  /** Finds out the ids of many references at once, of every record written so far. */
  async resolve(references: readonly RowReference[]): Promise<ResolvedReferences> {
    const ids = new Map<string, string>();
    const unknown = new Map<RecordTypeName, Set<string>>();
    for (const reference of references) {
      const id = this.known.get(keyOf(reference));
      if (id !== undefined) ids.set(keyOf(reference), id);
      else unknown.set(reference.type, (unknown.get(reference.type) ?? new Set()).add(reference.externalId));
    }
    for (const [type, externalIds] of unknown) {
      for (const { id, members } of await this.client.findByExternalId(type, [...externalIds], {
        seeOwnWrites: true,
      })) {
        const externalId = String(members.externalId);
        ids.set(keyOf({ type, externalId }), id);
        this.note(type, externalId, id);
      }
    }
    return { idOf: (reference) => ids.get(keyOf(reference)) };
  }
}

export interface ResolvedReferences {
  /** Undefined for a reference to nothing. */
  idOf(reference: RowReference): string | undefined;
}

function keyOf({ type, externalId }: Pick<RowReference, 'type' | 'externalId'>): string {
  return `${type} ${externalId}`;
}
