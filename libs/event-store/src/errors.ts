/** Stable codes of why an event store cannot be opened. */
export type EventStoreErrorCode = 'store-not-opened' | 'store-too-new';

/** Why an event store cannot be opened. */
export abstract class EventStoreError extends Error {
  abstract readonly code: EventStoreErrorCode;
}

/** What was to be opened is no event store, or cannot be reached as one. */
export class StoreNotOpened extends EventStoreError {
  readonly code = 'store-not-opened';

  constructor(
    place: string,
    readonly reason: string,
  ) {
    super(`cannot open the event store ${place}: ${reason}`);
    this.name = 'StoreNotOpened';
  }
}

/** The store was written by a newer Sillage, whose schema this one does not know. */
export class StoreTooNew extends EventStoreError {
  readonly code = 'store-too-new';

  constructor(
    place: string,
    readonly found: number,
    readonly known: number,
  ) {
    super(`the event store ${place} has schema version ${found}; this Sillage knows versions up to ${known}`);
    this.name = 'StoreTooNew';
  }
}
