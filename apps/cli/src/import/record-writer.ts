import type { RecordTypeName } from '@sillage/contracts';
import { derivedId, fingerprint, type JsonObject } from '@sillage/kernel';
import type { ApiRecord } from '../api-client/answers.js';
import type { ApiClient } from '../api-client/api-client.js';
import type { CreateResult, NewRecord } from '../api-client/create-patiently.js';
import { inBodies, isTooLarge } from './bodies.js';
import { patchTowards } from './patch-towards.js';

/** A record as a row wants it, its references resolved. */
export interface WantedRecord {
  readonly externalId: string;
  readonly fields: JsonObject;
}

/** What writing a row led to. `id` is the record's. */
export type Outcome =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly id: string }
  /** Somebody has deleted the record: it stays deleted. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'refused'; readonly reason: string };

const TOO_LARGE: Outcome = { kind: 'refused', reason: 'the record is larger than a request may be (1 MiB)' };

const NOTHING: ReadonlyMap<string, ApiRecord> = new Map();

/** How often a change is tried again when somebody else changes the record at the same time. */
const MOST_TRIES = 3;

/** Makes the records of one type be as rows want them, whatever was there before. */
export class RecordWriter {
  /** @param importName the same for every run of an import: then a repeated create meets its first result */
  constructor(
    private readonly client: ApiClient,
    private readonly importName: string,
    private readonly type: RecordTypeName,
  ) {}

  /**
   * Looks which records are there, creates those that are not and changes those that differ. Safe to repeat, and to
   * cut off at any moment. No external id may occur twice.
   *
   * @param options.nothingThere no record of the type had an external id, so none is looked for. Should one be there
   *   all the same, it is still changed, not doubled.
   */
  async write(
    wanted: readonly WantedRecord[],
    options: { readonly nothingThere?: boolean } = {},
  ): Promise<readonly Outcome[]> {
    const there = options.nothingThere ? NOTHING : await this.find(wanted);
    const absent = wanted.filter(({ externalId }) => !there.has(externalId));
    const deleted = options.nothingThere ? NOTHING : await this.find(absent, { deleted: true });
    const created = await this.create(absent.filter(({ externalId }) => !deleted.has(externalId)));
    return Promise.all(
      wanted.map((one) => {
        const record = there.get(one.externalId);
        return record === undefined ? (created.get(one) ?? { kind: 'deleted' }) : this.bringTo(record, one.fields);
      }),
    );
  }

  /** Changes a record where it differs from the fields given. */
  async bringTo(record: ApiRecord, fields: JsonObject): Promise<Outcome> {
    let current = record;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const patch = patchTowards(current.members, fields);
      if (Object.keys(patch).length === 0) return { kind: 'unchanged', id: current.id };
      const result = await this.client.change(this.type, current, patch);
      if ('record' in result) return { kind: 'updated', id: current.id };
      const { status, code, text } = result.problem;
      if (status === 404 || status === 410) return { kind: 'deleted' };
      if (status !== 412 && code !== 'concurrent-change') return { kind: 'refused', reason: text };
      const fresh = await this.client.get(this.type, current.id);
      if (fresh === undefined) return { kind: 'deleted' };
      current = fresh;
    }
    return { kind: 'refused', reason: 'the record is being changed by somebody else all the time' };
  }

  private async find(
    wanted: readonly WantedRecord[],
    options: { readonly deleted?: boolean } = {},
  ): Promise<ReadonlyMap<string, ApiRecord>> {
    const externalIds = wanted.map(({ externalId }) => externalId);
    const records = await this.client.findByExternalId(this.type, externalIds, options);
    return new Map(records.map((record) => [String(record.members.externalId), record]));
  }

  private async create(wanted: readonly WantedRecord[]): Promise<ReadonlyMap<WantedRecord, Outcome>> {
    const items = wanted.map((one) => ({ one, item: this.newRecord(one) }));
    const fitting = items.filter(({ item }) => !isTooLarge(item));
    const bodies = inBodies(fitting.map(({ item }) => item));
    const results = (await Promise.all(bodies.map((some) => this.client.createMany(this.type, some)))).flat();
    const outcomes = new Map<WantedRecord, Outcome>(items.map(({ one }) => [one, TOO_LARGE]));
    for (const [index, { one }] of fitting.entries()) {
      const result = results[index];
      if (result !== undefined) outcomes.set(one, await this.outcomeOf(result, one));
    }
    return outcomes;
  }

  private newRecord({ externalId, fields }: WantedRecord): NewRecord {
    const body = { ...fields, externalId };
    return { fields: body, idempotencyKey: derivedId(this.importName, this.type, externalId, fingerprint(body)) };
  }

  private async outcomeOf(result: CreateResult, { fields }: WantedRecord): Promise<Outcome> {
    if ('id' in result) return { kind: 'created', id: result.id };
    if ('taken' in result) return this.bringTo(result.taken, fields);
    return { kind: 'refused', reason: result.problem.text };
  }
}
