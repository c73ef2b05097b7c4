import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BackedUpFile } from './manifest.js';

/** Size and digest of a file, without its name. */
export type Digest = Pick<BackedUpFile, 'bytes' | 'sha256'>;

export async function digestOf(file: string, signal: AbortSignal): Promise<Digest> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of createReadStream(file, { signal })) {
    hash.update(part);
    bytes += part.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Copies a file onto the disk, readable by its owner only; gives what was copied. */
export async function copyWithDigest(from: string, to: string, signal: AbortSignal): Promise<Digest> {
  const hash = createHash('sha256');
  let bytes = 0;
  const passing = new Transform({
    transform(part: Buffer, _encoding, pass) {
      hash.update(part);
      bytes += part.length;
      pass(null, part);
    },
  });
  const written = createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(createReadStream(from), passing, written, { signal });
  return { bytes, sha256: hash.digest('hex') };
}
