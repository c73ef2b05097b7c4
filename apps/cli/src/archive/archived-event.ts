import { type EventMetadata, isId, isJsonObject, type JsonValue, type StoredEvent } from '@sillage/kernel';

/** A stored event as it is carried from store to store: all of it but its position, which is the store's own. */
export type ArchivedEvent = Omit<StoredEvent, 'position'>;

/** What an archive has that it may not have; the reader adds where. */
export class ArchiveFault extends Error {}

/** What stands for each part of the metadata. CloudEvents allows lower-case letters and digits in a name. */
const ATTRIBUTES: { readonly [name in keyof Required<EventMetadata>]: string } = {
  tenant: 'tenant',
  actor: 'actor',
  at: 'time',
  commandId: 'commandid',
  fingerprint: 'fingerprint',
  correlationId: 'correlationid',
  causationId: 'causationid',
  version: 'dataversion',
};

const NAMES = Object.keys(ATTRIBUTES) as readonly (keyof EventMetadata)[];

/** The same for every event. */
const CONTEXT = { specversion: '1.0', source: '/streams', datacontenttype: 'application/json' } as const;

const KNOWN = new Set([
  ...Object.keys(CONTEXT),
  ...Object.values(ATTRIBUTES),
  'id',
  'type',
  'subject',
  'revision',
  'data',
]);

export function archived({ position: _, ...event }: StoredEvent): ArchivedEvent {
  return event;
}

/**
 * The event as a CloudEvents 1.0 object in JSON, without a line end: its `subject` is the stream, `type` the business
 * fact as it is stored.
 * @throws ArchiveFault for metadata that a newer Sillage has written: left out, it would be lost for ever.
 */
export function toLine({ id, type, stream, revision, data, metadata }: ArchivedEvent): string {
  const strange = Object.keys(metadata).find((name) => !Object.hasOwn(ATTRIBUTES, name));
  if (strange !== undefined)
    throw new ArchiveFault(`event ${id} has metadata that this Sillage does not know: ${strange}`);
  const attributes = Object.fromEntries(NAMES.map((name) => [ATTRIBUTES[name], metadata[name]]));
  return JSON.stringify({ ...CONTEXT, id, type, subject: stream, revision, ...attributes, data });
}

/** @throws ArchiveFault for anything that is not exactly what `toLine` gives. */
export function fromJson(value: JsonValue): ArchivedEvent {
  if (!isJsonObject(value)) throw new ArchiveFault('no JSON object');
  const { data } = value;
  const strange = Object.keys(value).find((name) => !KNOWN.has(name));
  if (strange !== undefined) throw new ArchiveFault(`unknown attribute ${strange}`);
  for (const [name, constant] of Object.entries(CONTEXT)) {
    if (value[name] !== constant) throw new ArchiveFault(`${name} must be ${constant}`);
  }
  if (!isJsonObject(data)) throw new ArchiveFault('data must be a JSON object');
  const id = text('id');
  if (!isId(id)) throw new ArchiveFault('id must be a UUID');
  return {
    id,
    type: text('type'),
    stream: text('subject'),
    revision: wholeNumber('revision', 0),
    data,
    metadata: {
      tenant: text(ATTRIBUTES.tenant),
      actor: text(ATTRIBUTES.actor),
      at: text(ATTRIBUTES.at),
      commandId: text(ATTRIBUTES.commandId),
      ...(value[ATTRIBUTES.fingerprint] !== undefined && { fingerprint: text(ATTRIBUTES.fingerprint) }),
      correlationId: text(ATTRIBUTES.correlationId),
      causationId: text(ATTRIBUTES.causationId),
      version: wholeNumber(ATTRIBUTES.version, 1),
    },
  };

  function text(name: string): string {
    const given = (value as { readonly [name: string]: JsonValue })[name];
    if (typeof given !== 'string' || given === '') throw new ArchiveFault(`${name} must be a text`);
    return given;
  }

  function wholeNumber(name: string, least: number): number {
    const given = (value as { readonly [name: string]: JsonValue })[name];
    if (!Number.isSafeInteger(given) || Number(given) < least)
      throw new ArchiveFault(`${name} must be a whole number from ${least} on`);
    return Number(given);
  }
}
