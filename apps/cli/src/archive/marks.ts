import { isJsonObject, type JsonValue } from '@sillage/kernel';

/*
 * The first and the last line of an archive: CloudEvents like those between them, so that any reader of JSON lines can
 * read the whole. The version at the end of their types is that of the format.
 */

const SOURCE = '/export';
const BEGUN = 'sillage.export.begun.v1';
const ENDED = 'sillage.export.ended.v1';

/** What the last line says of those between: a file that was cut off has no such line. */
export interface Trailer {
  /** How many there are. */
  readonly events: number;
  /** SHA-256 of their bytes, line ends included, in hexadecimal. */
  readonly digest: string;
}

/** What makes a mark one of its own. */
export interface Moment {
  readonly id: string;
  /** An instant in UTC. */
  readonly time: string;
}

export function headerLine(moment: Moment): string {
  return JSON.stringify({ specversion: '1.0', ...moment, source: SOURCE, type: BEGUN });
}

export function trailerLine(moment: Moment, trailer: Trailer): string {
  const context = { specversion: '1.0', ...moment, source: SOURCE, type: ENDED, datacontenttype: 'application/json' };
  return JSON.stringify({ ...context, data: trailer });
}

export function isHeader(value: JsonValue): boolean {
  return isMark(value, BEGUN);
}

/** Undefined for any other line. */
export function trailerOf(value: JsonValue): Trailer | undefined {
  if (!isMark(value, ENDED) || !isJsonObject(value) || !isJsonObject(value.data)) return undefined;
  const { events, digest } = value.data;
  return typeof events === 'number' && typeof digest === 'string' ? { events, digest } : undefined;
}

function isMark(value: JsonValue, type: string): boolean {
  return isJsonObject(value) && value.source === SOURCE && value.type === type;
}
