import { createHash } from 'node:crypto';
import type { Schema, ViewReader } from '@sillage/view-store';
import { REPORTING_SCHEMA } from '../schema.js';
import { partsOf } from './entries.js';

/**
 * SHA-256, in hexadecimal, of everything in a generation of the views, positions included: equal for generations that
 * hold the same prefix of the log, however it was batched.
 */
export async function checksum(reader: ViewReader, schema: Schema = REPORTING_SCHEMA): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, entries } of partsOf(schema)) {
    hash.update(`${name}\n`);
    for await (const { tenant, content } of entries(reader)) hash.update(`${JSON.stringify(tenant)} ${content}\n`);
  }
  return hash.digest('hex');
}
