import { isNativeError } from 'node:util/types';
import { Failure } from './failure.js';

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};

/** What to tell of a file that the system would not read. */
export function unreadable(path: string, error: unknown): Failure {
  const code = isNativeError(error) && 'code' in error ? String(error.code) : 'unknown error';
  return new Failure(`${path} cannot be read: ${REASONS[code] ?? code}`);
}
