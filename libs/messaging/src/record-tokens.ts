import type { RecordType } from '@sillage/kernel';

/** What a service needs from the process that hosts it; the registration file of the process provides it. */
export const STREAMS = Symbol('Streams');
export const DIRECTORY = Symbol('Directory');
export const NOW = Symbol('Now');
export const PERSONAL_DATA = Symbol('PersonalData');

/** The token of a type's records. */
export function recordsOf(type: RecordType): string {
  return `Records of ${type.plural}`;
}
