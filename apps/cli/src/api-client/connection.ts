import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, type JsonValue } from '@sillage/kernel';
import { Failure } from '../failure.js';

/** Where a server is, and the token it knows the user by. */
export interface Connection {
  /** Without a slash at the end. */
  readonly url: string;
  readonly token: string;
}

/** What the command line said. What it left open comes from the environment, then from the data directory. */
export interface ConnectionOptions {
  readonly url?: string;
  readonly token?: string;
}

/**
 * Finds the server: `--url` and `--token`, else SILLAGE_URL and SILLAGE_TOKEN, else what the server that runs on the
 * data directory (SILLAGE_DATA_DIR, `.sillage`) has left there: `server.json` with its URL, `admin-token`.
 * @throws Failure when there is none.
 */
export async function findServer(options: ConnectionOptions, env: NodeJS.ProcessEnv): Promise<Connection> {
  const dataDir = env.SILLAGE_DATA_DIR ?? '.sillage';
  const url = options.url ?? env.SILLAGE_URL ?? (await runningServer(dataDir));
  const token = options.token ?? env.SILLAGE_TOKEN ?? (await adminToken(dataDir));
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw new Failure(`"${url}" is not an http(s) address`);
  return { url: url.replace(/\/+$/, ''), token };
}

async function runningServer(dataDir: string): Promise<string> {
  const file = join(dataDir, 'server.json');
  const text = await readIfThere(file);
  if (text === undefined)
    throw new Failure(`no server is running on ${dataDir}: start one with "npm start", or give --url`);
  const url = urlIn(text);
  if (url === undefined) throw new Failure(`${file} names no url: start the server again, or give --url`);
  return url;
}

function urlIn(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) && typeof value.url === 'string' ? value.url : undefined;
  } catch {
    return undefined;
  }
}

async function adminToken(dataDir: string): Promise<string> {
  const file = join(dataDir, 'admin-token');
  const token = (await readIfThere(file))?.trim();
  if (!token) throw new Failure(`there is no token in ${file}: give --token or set SILLAGE_TOKEN`);
  return token;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
