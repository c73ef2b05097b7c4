import { hiddenFrom, isOwned, isRecordTypeName, type PublicEvent } from '@sillage/contracts';
import type { Access } from './access.js';
import { visibleEvent } from './hiding.js';

/** The events that somebody may see, without the fields that they do not. Pure. */
export function visibleEvents({ role, owners }: Access, events: readonly PublicEvent[]): readonly PublicEvent[] {
  return events.flatMap((event) => {
    const type = event.subject.slice(0, event.subject.indexOf('/'));
    if (!isRecordTypeName(type)) return [];
    if (owners !== undefined && isOwned(type) && !concerns(owners, event)) return [];
    return visibleEvent(event, hiddenFrom(role, type)) ?? [];
  });
}

/** Whether the record was one of theirs before the event, or is so after it. */
function concerns(owners: readonly string[], { data: { record, changes } }: PublicEvent): boolean {
  const before = changes.find(({ field }) => field === 'owner')?.from;
  return [record.owner, before].some((owner) => typeof owner === 'string' && owners.includes(owner));
}
