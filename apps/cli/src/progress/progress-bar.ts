import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { Progress } from './progress.js';

/** A bar for each piece of work, for people at a terminal. */
export class ProgressBar implements Progress {
  private readonly bars: MultiBar;
  private current: SingleBar | undefined;
  private counted = 0;

  constructor(stream: NodeJS.WriteStream) {
    const format = '{label} {bar} {percentage}% | {counted} {unit} | {eta_formatted} left';
    // Signals are the command's own business: requests in flight are finished first.
    this.bars = new MultiBar({ stream, format, gracefulExit: false }, Presets.shades_grey);
  }

  begin(label: string, total: number, unit: string): void {
    this.counted = 0;
    this.current = this.bars.create(total, 0, { label, unit, counted: 0 });
  }

  advance(done: number, counted = done): void {
    this.counted += counted;
    this.current?.increment(done, { counted: this.counted });
  }

  say(text: string): void {
    this.bars.log(`${text}\n`);
  }

  end(): void {
    this.bars.stop();
  }
}
