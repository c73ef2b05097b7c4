import { describe, expect, it } from '@jest/globals';
import { currentVersion, type NewEvent, type Upcasters, upcast } from './events.js';

/** As a type would declare them after two changes of its schema. */
const upcasters: Upcasters = {
  NoteCreated: [
    ({ label, ...rest }) => ({ ...rest, title: label ?? '' }),
    ({ title, ...rest }) => ({ ...rest, title: String(title).trim() }),
  ],
};

function stored(version: number, data: NewEvent['data']): NewEvent {
  const metadata = { tenant: 'acme', actor: 'ann', at: '', commandId: '', correlationId: '', causationId: '', version };
  return { id: 'e', type: 'NoteCreated', data, metadata };
}

describe('upcasting', () => {
  it('raises an old payload through every version since', () => {
    const raised = upcast(upcasters, stored(1, { label: ' One ', body: 'x' }));
    expect(raised.data).toEqual({ title: 'One', body: 'x' });
    expect(raised.metadata.version).toBe(3);
  });

  it('starts at the version in which the event was written', () => {
    expect(upcast(upcasters, stored(2, { title: ' Two ' })).data).toEqual({ title: 'Two' });
  });

  it('leaves an event of today as it is', () => {
    const event = stored(3, { title: ' Three ' });
    expect(upcast(upcasters, event)).toBe(event);
    expect(currentVersion(upcasters, 'NoteCreated')).toBe(3);
    expect(currentVersion(upcasters, 'NoteDeleted')).toBe(1);
  });
});
