import { fileURLToPath } from 'node:url';

/** The programs beside this file. */
export type ProgramName = 'acknowledging-writer' | 'following-reader' | 'leaving-program' | 'writer-on-a-small-disk';

export function programFile(name: ProgramName): string {
  return fileURLToPath(new URL(`./${name}.js`, import.meta.url));
}
