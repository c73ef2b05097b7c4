/** Shows how far long work is. */
export interface Progress {
  /**
   * @param total as far as known
   * @param unit what is counted: `rows`, `events`
   */
  begin(label: string, total: number, unit: string): void;
  /**
   * @param done of the total
   * @param counted of the unit, where the total is in another measure: positions of a log need not count its events
   */
  advance(done: number, counted?: number): void;
  /** A line beside it. */
  say(text: string): void;
  end(): void;
}
