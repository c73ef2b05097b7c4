/** Notices when signs of life stay away for so many seconds in which this process itself was running. */
export class Watch {
  private silence = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(longest: number, onSilence: () => void) {
    // Counted in ticks and not by the clock: a process that was stopped for a while has heard nothing and missed nothing.
    this.timer = setInterval(() => {
      this.silence += 1;
      if (this.silence === longest) onSilence();
    }, 1_000);
    this.timer.unref();
  }

  seen(): void {
    this.silence = 0;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
