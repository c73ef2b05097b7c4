import { type RecordType, recordIdOf } from '@sillage/kernel';
import type { Erasure } from '../key-store.js';
import { personOf } from '../sealing/personal-types.js';
import type { Seals } from '../sealing/sealed-store.js';

/** What was erased of a person, when, and by whom: for whoever must prove it (GDPR, articles 5 and 12). */
export type Certificate = {
  /** The person, as public events name them: `clients/<id>`. */
  readonly subject: string;
  /** When it was asked for, as an instant in UTC. */
  readonly forgottenAt: string;
  /** Who asked for it: the token's subject. */
  readonly forgottenBy: string;
  readonly erased: {
    /** The person's own record, and those that concern or ever concerned them. */
    readonly records: readonly string[];
    /** How many stored events can no longer be read. */
    readonly events: number;
    readonly fields: readonly string[];
    /** Ids of the keys without which they cannot. */
    readonly keys: readonly string[];
  };
  /** Views at this position or behind it show nothing of it. */
  readonly position: number;
};

/** @param seals of the records, each with its type; the person's own first */
export function certificate(
  { person, at, by }: Erasure,
  seals: readonly { readonly type: RecordType; readonly of: Seals }[],
): Certificate {
  return {
    subject: person,
    forgottenAt: at,
    forgottenBy: by,
    erased: {
      records: seals.map(({ type, of }) => personOf(type.plural, recordIdOf(of.stream))),
      events: seals.reduce((sum, { of }) => sum + of.events, 0),
      fields: [...new Set(seals.flatMap(({ of }) => of.fields))],
      keys: seals.flatMap(({ of }) => of.keys),
    },
    position: Math.max(...seals.map(({ of }) => of.position)),
  };
}
