import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';

let isMended = false;

/** Mends what kafkajs 2.2.4, which is no longer worked on, does badly and cannot be told to leave. */
export function mendKafkajs(): void {
  if (isMended) return;
  isMended = true;
  setNoTimersOfThePast();
  beginWithSmallBuffers();
  writeNumbersInPlace();
}

/**
 * It sets a timer on each connection for the end of a throttling that there is not: of minus some fifty years, which Node
 * makes 1 ms and warns of (kafkajs#1751), and again each time it rings, so that idle connections keep the process busy. It
 * needs the timer only while requests wait.
 */
function setNoTimersOfThePast(): void {
  const schedule = RequestQueue.prototype.scheduleCheckPendingRequests;
  RequestQueue.prototype.scheduleCheckPendingRequests = function scheduleWhileRequestsWait(): void {
    if (this.pending.length > 0) schedule.call(this);
  };
}

/** What an encoder asks for when it is made. */
const FIRST_SIZE = 511;

/** V8 keeps buffers of up to 64 bytes on its heap, which takes a fraction of the time of larger ones. */
const SMALL = 64;

/** Bytes of 32 bits, seven a byte. */
const LONGEST_NUMBER = 5;

/** It writes each header of a message into a buffer of its own, of 512 bytes at first; ours are shorter than 64. */
function beginWithSmallBuffers(): void {
  const { nextPowerOfTwo } = Encoder;
  Encoder.nextPowerOfTwo = (size) => (size === FIRST_SIZE ? SMALL : nextPowerOfTwo(size));
}

/** It makes an array and a buffer for each number of variable length, of which a message of ours has some thirty. */
function writeNumbersInPlace(): void {
  Encoder.prototype.writeUVarInt = function writeUVarInt(value) {
    this.ensureAvailable(LONGEST_NUMBER);
    let rest = value >>> 0;
    for (; rest > 0x7f; rest >>>= 7) {
      this.buf[this.offset] = (rest & 0x7f) | 0x80;
      this.offset += 1;
    }
    this.buf[this.offset] = rest;
    this.offset += 1;
    return this;
  };
}
