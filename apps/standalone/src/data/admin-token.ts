import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The administrator's token, made on first start and readable by its owner only. */
export function adminToken(file: string): string {
  if (!existsSync(file))
    writeFileSync(file, `sillage_${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}
