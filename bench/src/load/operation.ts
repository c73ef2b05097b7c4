/** A kind of request and how its answers are told right from wrong. */
export interface Operation {
  /** Taken in turn, and again from the first. */
  readonly requests: readonly Buffer[];
  readonly expectedStatus: number;
  /**
   * What is wrong with the body of an answer to `requests[index]`; undefined when nothing is.
   * @throws when it is not even the JSON that was expected.
   */
  complaint(body: string, index: number): string | undefined;
}
