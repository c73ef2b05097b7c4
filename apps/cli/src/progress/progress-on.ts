import type { Progress } from './progress.js';
import { ProgressBar } from './progress-bar.js';
import { ProgressLines } from './progress-lines.js';

/** A bar where somebody looks on, plain lines otherwise. */
export function progressOn(stderr: NodeJS.WriteStream): Progress {
  if (stderr.isTTY) return new ProgressBar(stderr);
  return new ProgressLines((line) => stderr.write(`${line}\n`), Date.now);
}
