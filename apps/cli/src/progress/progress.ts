/** Shows how far long work is. */
export interface Progress {
  /**
   * @param total as far as known
   * @param unit what is counted: `rows`, `events`
   */
  begin(label: string, total: number, unit: string): void;
  advance(done: number): void;
  /** A line beside it. */
  say(text: string): void;
  end(): void;
}
