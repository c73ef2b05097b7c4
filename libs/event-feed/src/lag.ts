/** How far a reader of the log is behind. */
export interface Lag {
  /** Events that wait. */
  readonly events: number;
  /** Age of the oldest of them, in seconds; 0 when there is none. */
  readonly seconds: number;
}
