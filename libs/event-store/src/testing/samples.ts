import { type EventMetadata, type JsonObject, type NewEvent, newId } from '@sillage/kernel';

export function aTenant(): string {
  return `t${newId().replaceAll('-', '')}`;
}

export function aStream(tenant: string): string {
  return `record-${tenant}.${newId()}`;
}

export interface EventSample {
  readonly tenant: string;
  readonly id?: string;
  readonly type?: string;
  readonly data?: JsonObject;
  readonly metadata?: Partial<EventMetadata>;
}

/** An event that no test has stored yet. */
export function anEvent({ tenant, id = newId(), type = 'RecordCreated', data = {}, metadata }: EventSample): NewEvent {
  const commandId = newId();
  return {
    id,
    type,
    data,
    metadata: {
      tenant,
      actor: 'someone',
      at: '2026-03-01T08:00:00.000Z',
      commandId,
      correlationId: commandId,
      causationId: commandId,
      version: 1,
      ...metadata,
    },
  };
}
