import {
  type CommandContext,
  derivedId,
  Problem,
  type Records,
  type RecordType,
  recordIdOf,
  recordStream,
} from '@sillage/kernel';
import type { KeyStore } from '../key-store.js';
import { personOf } from '../sealing/personal-types.js';
import type { SealedStore, Seals } from '../sealing/sealed-store.js';
import { type Certificate, certificate } from './certificate.js';
import { inChunks } from './in-chunks.js';

export interface ForgettingDependencies {
  /** Of the type whose records are persons. */
  readonly records: Records;
  readonly store: SealedStore;
  readonly keys: KeyStore;
  /** Asks whoever owns records that concern a person to forget these. Those that are not there are left out. */
  readonly forgetRecords: (context: CommandContext, type: RecordType, ids: readonly string[]) => Promise<void>;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
}

/** Records that are asked for at once. */
const AT_ONCE = 64;

/**
 * Forgets persons: what events say of them can no longer be read by anybody, and every record of them says so. Each step
 * may be repeated, and the first one that is durable is the entry in the ledger: so an erasure that was interrupted is
 * done by doing it again.
 */
export class Forgetting {
  constructor(private readonly dependencies: ForgettingDependencies) {}

  /**
   * Forgets a person, deleted or not. For one who is forgotten it gives the certificate again.
   * @throws Problem `record-not-found`; `stored-unsealed` when an event could be read without any key: then nothing is
   * done.
   */
  async forget(context: CommandContext, id: string): Promise<Certificate> {
    const { records, keys, store, now } = this.dependencies;
    const { tenant, actor } = context;
    const person = this.personOf(id);
    await records.get(context, id, { deleted: true });
    const isOpen = (await this.seals(tenant, id)).some((seals) => seals.isOpen);
    if (isOpen) throw new Problem('stored-unsealed');
    const erasure = await keys.addErasure({ tenant, person, at: new Date(now()).toISOString(), by: actor });
    await records.forget(context, { id, commandId: forgetCommand(tenant, person) });
    await this.forgetConcerned(context, id);
    const seals = await this.seals(tenant, id);
    await keys.erase(
      tenant,
      seals.flatMap(({ stream, keys: ids }) => ids.map((key) => ({ key, stream }))),
    );
    await store.noticeErased();
    return certificate(
      erasure,
      seals.map((of) => ({ type: store.typeOf(of.stream) ?? records.type, of })),
    );
  }

  /** Whether nothing is left to do for a person who is in the ledger. */
  async isDone(tenant: string, id: string): Promise<boolean> {
    const { records, keys } = this.dependencies;
    const { record } = await records.get({ tenant }, id, { deleted: true });
    const ids = (await this.seals(tenant, id)).flatMap((seals) => seals.keys);
    const found = await keys.find(tenant, ids);
    return record.forgottenAt !== undefined && [...found.values()].every((key) => key === 'erased');
  }

  /** The records of other types that concern a person, or ever did, by type. */
  async concerning(tenant: string, id: string): Promise<ReadonlyMap<RecordType, readonly string[]>> {
    const { keys, store } = this.dependencies;
    const streams = await keys.concerning(tenant, this.personOf(id));
    const types = Map.groupBy(streams, (stream) => store.typeOf(stream));
    return new Map([...types].flatMap(([type, of]) => (type === undefined ? [] : [[type, of.map(recordIdOf)]])));
  }

  private async forgetConcerned(context: CommandContext, id: string): Promise<void> {
    for (const [type, ids] of await this.concerning(context.tenant, id)) {
      await this.dependencies.forgetRecords(context, type, ids);
    }
  }

  /** Of the person's own record, then of those that concern them. */
  private async seals(tenant: string, id: string): Promise<readonly Seals[]> {
    const { records, keys, store } = this.dependencies;
    const own = recordStream(records.type, tenant, id);
    const streams = [own, ...(await keys.concerning(tenant, this.personOf(id)))];
    return inChunks(streams, AT_ONCE, (stream) => store.sealsOf(stream));
  }

  private personOf(id: string): string {
    return personOf(this.dependencies.records.type.plural, id);
  }
}

/** The same command each time: repeating it adds nothing. @param subject the record to be forgotten: `clients/<id>` */
export function forgetCommand(tenant: string, subject: string): string {
  return derivedId(tenant, subject, 'forget');
}
