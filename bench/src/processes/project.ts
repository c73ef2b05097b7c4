import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of a file of the project, named from its root. */
export function inProject(...path: readonly string[]): string {
  return join(fileURLToPath(new URL('../../../', import.meta.url)), ...path);
}
