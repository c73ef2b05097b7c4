import type { RecordType } from '@sillage/kernel';
import { note } from '@sillage/kernel/testing';

/** A type whose records are persons. */
export const person: RecordType = {
  ...note,
  name: 'person',
  plural: 'people',
  events: { created: 'PersonCreated', deleted: 'PersonDeleted', restored: 'PersonRestored' },
  references: {},
  personal: { fields: ['name', 'email'], of: 'a-person', forgotten: 'PersonForgotten' },
};

/** A type whose records concern persons. */
export const letter: RecordType = {
  ...note,
  name: 'letter',
  plural: 'letters',
  events: { created: 'LetterCreated', deleted: 'LetterDeleted', restored: 'LetterRestored' },
  references: { fromId: 'people', toId: 'people' },
  personal: { fields: ['text'], of: { those: ['fromId', 'toId'] }, forgotten: 'LetterForgotten' },
};
