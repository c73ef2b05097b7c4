import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@sillage/kernel';
import { CloudEvent } from 'cloudevents';
import fc from 'fast-check';
import { ArchiveFault, archived, fromJson, toLine } from './archived-event.js';
import { eventOf, storedEvent } from './testing/samples.js';

const created = archived(storedEvent(eventOf('create'), 'note-acme.1', 0, 17));
const line = toLine(created);

describe('a stored event in an archive', () => {
  it('is read as it was written, whatever its data', () => {
    const json = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }));
    fc.assert(
      fc.property(json, fc.nat(), (generated, revision) => {
        // As a store gives it: a generated object may hold more than JSON, such as -0.
        const data = JSON.parse(JSON.stringify(generated));
        const event = archived(storedEvent(eventOf('change', 1, data), 'note-acme.1', revision, 18));
        expect(fromJson(JSON.parse(toLine(event)))).toEqual(event);
        expect(toLine(event)).not.toContain('\n');
      }),
    );
  });

  it('is a CloudEvent', () => {
    const event = new CloudEvent(JSON.parse(line), true);
    expect(event).toMatchObject({ type: 'NoteCreated', subject: 'note-acme.1', tenant: 'acme', revision: 0 });
  });

  it('has no position: that is for the next store to say', () => {
    expect(line).not.toContain('17');
  });

  it('is not written when its metadata says more than an archive can hold', () => {
    const metadata = { ...created.metadata, region: 'west' };
    expect(() => toLine({ ...created, metadata } satisfies Omit<StoredEvent, 'position'>)).toThrow(
      new ArchiveFault(`event ${created.id} has metadata that this Sillage does not know: region`),
    );
  });

  it.each([
    ['a number', '7', 'no JSON object'],
    ['an attribute that it does not know', line.replace('"revision"', '"revisions"'), 'unknown attribute revisions'],
    ['another version of CloudEvents', line.replace('"1.0"', '"2.0"'), 'specversion must be 1.0'],
    ['no actor', line.replace('"actor":"Zoë",', ''), 'actor must be a text'],
    ['an id that is none', line.replace(created.id, 'x'), 'id must be a UUID'],
    ['a broken revision', line.replace('"revision":0', '"revision":0.5'), 'revision must be a whole number from 0 on'],
    ['data that is a list', line.replace(/"data":.*$/, '"data":[]}'), 'data must be a JSON object'],
  ])('is refused with %s', (_, text, reason) => {
    expect(() => fromJson(JSON.parse(text))).toThrow(new ArchiveFault(reason));
  });
});
