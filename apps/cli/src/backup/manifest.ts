import { isJsonObject, type JsonValue } from '@sillage/kernel';

/** Of the layout of backups. A newer one is not restored. */
export const BACKUP_FORMAT = 1;

export const MANIFEST = 'manifest.json';

/** What a backup says of itself. */
export interface Manifest {
  readonly format: number;
  /** When it was begun, as an instant in UTC: it holds everything that was acknowledged before. */
  readonly takenAt: string;
  readonly events: number;
  /** The position of the last event. */
  readonly head: number;
  readonly files: readonly BackedUpFile[];
}

export interface BackedUpFile {
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** What makes a backup no good, in words for its owner. */
export class BackupFault extends Error {}

/** A file's name, not a way out of the folder. */
const NAME = /^[a-z0-9][a-z0-9.-]*$/;

/** Reads a manifest. @throws BackupFault when it is none, or of a newer version. */
export function parseManifest(text: string): Manifest {
  const manifest = parsed(text);
  if (!isJsonObject(manifest) || typeof manifest.format !== 'number') throw new BackupFault('its manifest is damaged');
  const { format, takenAt, events, head, files } = manifest;
  if (format > BACKUP_FORMAT) throw new BackupFault(`it was made by a newer version of Sillage (format ${format})`);
  if (typeof takenAt !== 'string' || !isCount(events) || !isCount(head) || !Array.isArray(files)) {
    throw new BackupFault('its manifest is damaged');
  }
  return { format, takenAt, events, head, files: files.map(backedUpFile) };
}

function backedUpFile(value: JsonValue): BackedUpFile {
  const { name, bytes, sha256 } = isJsonObject(value) ? value : {};
  const isName = typeof name === 'string' && NAME.test(name);
  if (!isName || !isCount(bytes) || typeof sha256 !== 'string') throw new BackupFault('its manifest is damaged');
  return { name, bytes, sha256 };
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new BackupFault('its manifest is damaged');
  }
}
