import type { JsonObject, NewEvent } from '@sillage/kernel';
import { derivedId } from '@sillage/kernel';

/** An event of a command: the same for the same command and index. */
export function eventOf(command: string, index = 0, data: JsonObject = { name: command }, tenant = 'acme'): NewEvent {
  const commandId = derivedId(tenant, command);
  return {
    id: derivedId(commandId, index),
    type: index === 0 ? 'NoteCreated' : 'NoteRevised',
    data,
    metadata: {
      tenant,
      actor: 'Zoë',
      at: '2026-03-01T08:00:00.000Z',
      commandId,
      ...(index === 0 && { fingerprint: 'f'.repeat(32) }),
      correlationId: 'one request',
      causationId: commandId,
      version: 1 + index,
    },
  };
}

/** The same event as it stands in a store. */
export function storedEvent(event: NewEvent, stream: string, revision: number, position: number) {
  return { ...event, stream, revision, position };
}
