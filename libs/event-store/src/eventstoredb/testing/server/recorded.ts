/** An event as it is proposed to the server. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event with its place in a stream. */
export interface Placed extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** An event in the log. */
export interface Recorded extends Pick<Placed, 'id' | 'stream' | 'revision'> {
  /** Of its first byte in the log. */
  readonly position: number;
  /** What a read answers for it: made when it is stored, so that reading it costs no more than copying it. */
  readonly response: Uint8Array;
}

/**
 * The bytes that an event takes in the log of the server (`PrepareLogRecord.SizeOnDisk`), so that positions have gaps
 * such as they have there.
 */
export function sizeInLog({ stream, type, data, metadata }: Placed): number {
  const fixed = 96;
  return fixed + Buffer.byteLength(stream) + Buffer.byteLength(type) + data.length + metadata.length;
}
