import { type PersonType, type RecordTypeName, recordFields } from '@sillage/contracts';
import { type HistoryEntry, type JsonObject, Problem } from '@sillage/kernel';
import type { Concerning } from '@sillage/messaging';

/** A record with all that happened to it, deleted or not. */
export interface PersonalRecord {
  readonly record: JsonObject;
  readonly history: readonly HistoryEntry[];
}

export interface PersonalData {
  readonly type: PersonType;
  /** Now, as an instant in UTC. */
  readonly at: string;
  readonly person: PersonalRecord;
  /** The records that concern the person, or ever did. */
  readonly concerning: readonly Concerning[];
  readonly read: (interaction: string) => Promise<PersonalRecord>;
}

/** Records that are asked for at once. */
const AT_ONCE = 32;

/**
 * All that is kept of a person as one JSON object, in parts: what concerns a person may be long. It says what each field
 * means, so that it can be understood without this API.
 */
export async function* personalDataText({ type, at, person, concerning, read }: PersonalData): AsyncGenerator<string> {
  const fields = { [type]: meanings(type), interactions: meanings('interactions') };
  yield `${JSON.stringify({ subject: `${type}/${person.record.id}`, at, fields, ...person }).slice(0, -1)},"interactions":[`;
  const ids = concerning.flatMap(({ type: of, ids: some }) => (of === 'interactions' ? some : []));
  let separator = '';
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const records = await Promise.all(ids.slice(start, start + AT_ONCE).map((id) => ifThere(read(id))));
    for (const record of records) {
      if (record === undefined) continue;
      yield separator + JSON.stringify(record);
      separator = ',';
    }
  }
  yield ']}';
}

/** One that was only about to be stored is not there. */
async function ifThere(reading: Promise<PersonalRecord>): Promise<PersonalRecord | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Problem && error.code === 'record-not-found') return undefined;
    throw error;
  }
}

function meanings(type: RecordTypeName): { readonly [field: string]: string } {
  return Object.fromEntries(recordFields(type).map(({ name, description }) => [name, description]));
}
