import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findServer } from './connection.js';

describe('the server to talk to', () => {
  let data: string;

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'sillage-connection-'));
  });
  afterEach(() => rm(data, { recursive: true }));

  async function running(): Promise<void> {
    await writeFile(join(data, 'server.json'), '{"url":"http://127.0.0.1:3000","pid":1}');
    await writeFile(join(data, 'admin-token'), 'local\n');
  }

  it('is the one running on the data directory', async () => {
    await running();
    expect(await findServer({}, { SILLAGE_DATA_DIR: data })).toEqual({ url: 'http://127.0.0.1:3000', token: 'local' });
  });

  it('is the one of the environment before that, and the one of the command line before all', async () => {
    await running();
    const env = { SILLAGE_DATA_DIR: data, SILLAGE_URL: 'https://crm.example.com/', SILLAGE_TOKEN: 'theirs' };
    expect(await findServer({}, env)).toEqual({ url: 'https://crm.example.com', token: 'theirs' });
    const options = { url: 'http://other:1', token: 'mine' };
    expect(await findServer(options, env)).toEqual(options);
  });

  it('is missing as long as none was started', async () => {
    await expect(findServer({}, { SILLAGE_DATA_DIR: data })).rejects.toThrow(
      `no server is running on ${data}: start one with "npm start", or give --url`,
    );
    await expect(findServer({ url: 'http://x' }, { SILLAGE_DATA_DIR: data })).rejects.toThrow('there is no token in');
    await expect(findServer({ url: 'crm', token: 't' }, {})).rejects.toThrow('"crm" is not an http(s) address');
  });
});
