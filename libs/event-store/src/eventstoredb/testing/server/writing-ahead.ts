import { ServerInterceptingCall } from '@grpc/grpc-js';

/** Messages of a call that may wait for the connection. */
const MOST_AHEAD = 128;

/**
 * Takes messages while others are on their way, up to a number, so that what is ready at the same time leaves in one
 * flush. A call of grpc-js by itself takes one, and the next when that has left.
 */
export class WritingAhead extends ServerInterceptingCall {
  #ahead = 0;

  override sendMessage(message: unknown, callback: () => void): void {
    this.#ahead += 1;
    const isFull = this.#ahead === MOST_AHEAD;
    super.sendMessage(message, () => {
      this.#ahead -= 1;
      if (isFull) callback();
    });
    if (!isFull) callback();
  }
}
