import { type RecordType, tellByField } from '../record/record-type.js';

/** A record type for the kernel's own specs: everything a type can have, and no rules. */
export const note: RecordType = {
  name: 'note',
  plural: 'notes',
  events: { created: 'NoteCreated', deleted: 'NoteDeleted', restored: 'NoteRestored' },
  references: { aboutId: 'things', partOfId: 'notes' },
  money: ['price'],
  parent: 'partOfId',
  upcasters: {},
  settle: ({ wanted }) => wanted,
  tell: tellByField([{ type: 'NoteRenamed', fields: ['title'] }], 'NoteRevised'),
};
