import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@sillage/kernel';
import { LogCheck } from './log-check.js';

function event(position: number, stream: string, revision: number, id: string, commandId = id): StoredEvent {
  const metadata = { tenant: 'acme', actor: 'ann', at: '', commandId, correlationId: '', causationId: '', version: 1 };
  return { id, type: 'NoteCreated', data: {}, metadata, stream, revision, position };
}

function faults(...events: readonly StoredEvent[]): readonly string[] {
  const check = new LogCheck();
  return events.flatMap((given) => check.check(given)).map(({ position, what }) => `${position}: ${what}`);
}

describe('the check of a log', () => {
  it('finds nothing in a sound log', () => {
    const sound = [
      event(1, 'note-acme.a', 0, 'e1', 'c1'),
      event(2, 'claim-acme.note.x', 0, 'e2', 'c2'),
      event(5, 'note-acme.b', 0, 'e3', 'c2'),
      event(6, 'note-acme.b', 1, 'e4', 'c2'),
      event(9, 'note-acme.a', 1, 'e5', 'c3'),
    ];
    expect(faults(...sound)).toEqual([]);
  });

  it('names a gap and a repeat of revisions', () => {
    expect(faults(event(1, 'note-acme.a', 0, 'e1'), event(2, 'note-acme.a', 2, 'e2'))).toEqual([
      '2: revision 2 stands where 1 is due',
    ]);
    expect(faults(event(1, 'note-acme.a', 0, 'e1'), event(2, 'note-acme.a', 0, 'e2'))).toEqual([
      '2: revision 0 stands where 1 is due',
    ]);
    expect(faults(event(1, 'note-acme.a', 1, 'e1'))).toEqual(['1: revision 1 stands where 0 is due']);
  });

  it('lets the relay’s notes begin anywhere, and then names a gap', () => {
    expect(faults(event(1, 'relay-sillage.t', 7, 'e1'), event(2, 'relay-sillage.t', 8, 'e2'))).toEqual([]);
    expect(faults(event(1, 'relay-sillage.t', 7, 'e1'), event(2, 'relay-sillage.t', 9, 'e2'))).toEqual([
      '2: revision 9 stands where 8 is due',
    ]);
  });

  it('names an event id that comes twice, and a command in two records', () => {
    expect(faults(event(1, 'note-acme.a', 0, 'e1'), event(2, 'note-acme.b', 0, 'e1', 'c2'))).toEqual([
      '2: event id e1 comes twice',
    ]);
    expect(faults(event(1, 'note-acme.a', 0, 'e1', 'c1'), event(2, 'note-acme.b', 0, 'e2', 'c1'))).toEqual([
      '2: command c1 has events in note-acme.a too',
    ]);
  });

  it('names a position that does not grow', () => {
    expect(faults(event(2, 'note-acme.a', 0, 'e1'), event(2, 'note-acme.b', 0, 'e2'))).toEqual([
      '2: position 2 comes after 2',
    ]);
  });
});
