/**
 * Runs jobs at once, but not more than so many, and those of one stream one after the other, each in the order in which
 * they came.
 *
 * The server does not answer a repeat that overtakes the answer of the first append: it drops it, and the caller waits
 * until it times out (`IdempotentNotReady` in its StorageWriterService). One after the other, a repeat is answered.
 */
export class InFlight {
  readonly #most: number;
  /** Of each stream that has jobs: settles with its last one. */
  readonly #last = new Map<string, Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  async run<Result>(stream: string, job: () => Promise<Result>): Promise<Result> {
    const previous = this.#last.get(stream);
    const { promise, resolve: done } = Promise.withResolvers<void>();
    this.#last.set(stream, promise);
    try {
      await previous;
      return await this.#withPlace(job);
    } finally {
      if (this.#last.get(stream) === promise) this.#last.delete(stream);
      done();
    }
  }

  /** Settles when every job that has come so far is through. */
  async idle(): Promise<void> {
    await Promise.all(this.#last.values());
  }

  async #withPlace<Result>(job: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#most) this.#running += 1;
    // Whoever leaves hands its place on.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
