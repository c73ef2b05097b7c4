import type { PublicEvent } from '@sillage/contracts';
import { newId } from '@sillage/kernel';

/** A public event that no test has told of yet. */
export function anEvent(attributes: Partial<PublicEvent> = {}): PublicEvent {
  const id = newId();
  return {
    specversion: '1.0',
    id,
    source: '/v1/notes',
    type: 'sillage.note.created.v1',
    subject: `notes/${id}`,
    time: '2026-03-01T09:00:00.000Z',
    datacontenttype: 'application/json',
    data: { record: { id, title: 'One' }, changes: [{ field: 'title', from: null, to: 'One' }] },
    tenant: 'acme',
    position: 1,
    revision: 0,
    correlationid: newId(),
    causationid: newId(),
    actor: 'ann',
    ...attributes,
  };
}
