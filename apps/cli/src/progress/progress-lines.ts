import type { Progress } from './progress.js';

/** A plain line every few seconds, for logs. */
export class ProgressLines implements Progress {
  private label = '';
  private total = 0;
  private unit = '';
  private done = 0;
  private counted = 0;
  private saidAt: number;

  /**
   * @param write takes a line without its end
   * @param now milliseconds
   * @param every milliseconds between two lines
   */
  constructor(
    private readonly write: (line: string) => void,
    private readonly now: () => number,
    private readonly every = 5_000,
  ) {
    this.saidAt = now();
  }

  begin(label: string, total: number, unit: string): void {
    this.label = label;
    this.total = total;
    this.unit = unit;
    this.done = 0;
    this.counted = 0;
  }

  advance(done: number, counted = done): void {
    this.done += done;
    this.counted += counted;
    if (this.now() - this.saidAt < this.every) return;
    this.saidAt = this.now();
    const percentage = Math.floor((100 * this.done) / Math.max(this.total, this.done));
    this.write(`${this.label}: ${percentage} %, ${this.counted} ${this.unit}`);
  }

  say(text: string): void {
    this.write(text);
  }

  end(): void {}
}
