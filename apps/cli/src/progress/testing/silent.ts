import type { Progress } from '../progress.js';

/** Progress that nobody looks at, for specs. */
export const SILENT: Progress = { begin: () => {}, advance: () => {}, say: () => {}, end: () => {} };
