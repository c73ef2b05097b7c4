import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';

let isMended = false;

/** Mends what kafkajs 2.2.4, which is no longer worked on, does badly and cannot be told to leave. */
export function mendKafkajs(): void {
  if (isMended) return;
  isMended = true;
  setNoTimersOfThePast();
  beginWithSmallBuffers();
  growWithoutClearing();
  gatherInOneGrowth();
  writeNumbersInPlace();
  writeShortTextInPlace();
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

/** It clears each larger buffer that it takes, to write over all of it. */
function growWithoutClearing(): void {
  Encoder.prototype.ensureAvailable = function ensureAvailable(length) {
    const needed = this.offset + length;
    if (needed <= this.buf.length) return;
    const larger = Buffer.allocUnsafe(Encoder.nextPowerOfTwo(needed));
    larger.set(this.buf.subarray(0, this.offset));
    this.buf = larger;
  };
}

/**
 * It copies what it has each time that the next record of a batch, or header of a record, is too much, and makes a view
 * of each, for which a header's few bytes are copied faster.
 */
function gatherInOneGrowth(): void {
  Encoder.prototype.writeEncoderArray = function writeAll(encoders) {
    this.ensureAvailable(encoders.reduce((bytes, { offset }) => bytes + offset, 0));
    for (const { buf, offset } of encoders) {
      if (offset > SMALL) buf.copy(this.buf, this.offset, 0, offset);
      else for (let index = 0; index < offset; index += 1) this.buf[this.offset + index] = buf[index] as number;
      this.offset += offset;
    }
    return this;
  };
}

/** Longer text is written faster by Node itself. The length of shorter text is a number of one byte. */
const SHORT_TEXT = 64;

const FIRST_NON_ASCII = 0x80;

/** It asks Node for the length of each text and to write it: the names and values of headers, fourteen a message. */
function writeShortTextInPlace(): void {
  const { writeVarIntBytes, writeVarIntString } = Encoder.prototype;
  Encoder.prototype.writeVarIntBytes = function writeBytes(value) {
    return typeof value === 'string' && writeAscii(this, value) ? this : writeVarIntBytes.call(this, value);
  };
  Encoder.prototype.writeVarIntString = function writeString(value) {
    return typeof value === 'string' && writeAscii(this, value) ? this : writeVarIntString.call(this, value);
  };
}

/** Writes a text with its length before it; says whether it was short enough, and of letters that take a byte each. */
function writeAscii(encoder: Encoder, text: string): boolean {
  const { length } = text;
  if (length >= SHORT_TEXT) return false;
  encoder.ensureAvailable(LONGEST_NUMBER + length);
  const start = encoder.offset + 1;
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= FIRST_NON_ASCII) return false;
    encoder.buf[start + index] = unit;
  }
  encoder.writeVarInt(length);
  encoder.offset = start + length;
  return true;
}
