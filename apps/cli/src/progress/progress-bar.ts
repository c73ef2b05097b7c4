import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { Progress } from './progress.js';

/** A bar for each piece of work, for people at a terminal. */
export class ProgressBar implements Progress {
  private readonly bars: MultiBar;
  private current: SingleBar | undefined;

  constructor(stream: NodeJS.WriteStream) {
    const format = '{label} {bar} {percentage}% | {value}/{total} {unit} | {eta_formatted} left';
    // Signals are the command's own business: requests in flight are finished first.
    this.bars = new MultiBar({ stream, format, gracefulExit: false }, Presets.shades_grey);
  }

  begin(label: string, total: number, unit: string): void {
    this.current = this.bars.create(total, 0, { label, unit });
  }

  advance(done: number): void {
    this.current?.increment(done);
  }

  say(text: string): void {
    this.bars.log(`${text}\n`);
  }

  end(): void {
    this.bars.stop();
  }
}
