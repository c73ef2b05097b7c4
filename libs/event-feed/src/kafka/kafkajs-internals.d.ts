/** The parts of kafkajs that are mended, see mended-kafkajs.ts. They have no types of their own. */
declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    readonly pending: readonly unknown[];
    scheduleCheckPendingRequests(): void;
  }
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    static nextPowerOfTwo: (size: number) => number;
    buf: Buffer;
    offset: number;
    /** What has been written. */
    readonly buffer: Buffer;
    ensureAvailable(length: number): void;
    writeUVarInt(value: number): this;
    writeVarInt(value: number): this;
    /** Null is written as a length of -1. */
    writeVarIntBytes(value: string | Buffer | null): this;
    writeVarIntString(value: string | null): this;
    writeEncoderArray(encoders: readonly Encoder[]): this;
  }
}
