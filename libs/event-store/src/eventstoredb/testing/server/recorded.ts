/** An event as it is proposed to the server. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event in the log. */
export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Of its first byte in the log. */
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/**
 * The bytes that an event takes in the log of the server (`PrepareLogRecord.SizeOnDisk`), so that positions have gaps
 * such as they have there.
 */
export function sizeInLog({ stream, type, data, metadata }: Omit<Recorded, 'position'>): number {
  const fixed = 96;
  return fixed + Buffer.byteLength(stream) + Buffer.byteLength(type) + data.length + metadata.length;
}
