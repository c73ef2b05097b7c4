import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeSillage } from './testing/fake-sillage.js';

const MAIN = join(import.meta.dirname, 'main.js');

describe('sillage', () => {
  let folder: string;
  let server: FakeSillage;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sillage-main-'));
    server = await FakeSillage.start();
    await writeFile(join(folder, 'server.json'), JSON.stringify({ url: server.url, pid: 1 }));
    await writeFile(join(folder, 'admin-token'), 'secret');
    await writeFile(join(folder, 'bad.yaml'), 'name: x\nfiles: none\n');
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  /** Runs in the temporary folder, which is also the data directory. */
  async function sillage(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const options = { cwd: folder, env: { PATH: process.env.PATH, SILLAGE_DATA_DIR: '.' } };
    return new Promise((resolve) => {
      execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });
  }

  it.each([
    [['import', '.'], "error: required option '--mapping <file>' not specified\n"],
    [['imprt'], "error: unknown command 'imprt'\n(Did you mean import?)\n"],
    [['demo', '--size', 'many'], 'a whole number from 1 on is wanted\n'],
    [['events', '--colour'], "error: unknown option '--colour'\n"],
  ])('%j is not understood: exit code 2', async (args, words) => {
    const { code, stderr } = await sillage(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('tells a failure in one line: exit code 1', async () => {
    expect(await sillage('import', '.', '--mapping', 'bad.yaml')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'sillage: bad.yaml:2: files: a list is wanted here\n',
    });
    const { code, stderr } = await sillage('events', '--token', 'wrong');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^sillage: .* does not accept the token \(401 not-authenticated\)\n$/);
  });

  it('fills a server with the demonstration, and prints its events', async () => {
    const demo = await sillage('demo', '--size', '60');
    expect(demo).toMatchObject({ code: 0, stderr: '' });
    expect(demo.stdout).toContain('interactions.csv -> interactions: 15 rows, 15 created, 0 updated');
    const again = await sillage('demo', '--size', '60', '--out', 'kept');
    expect(again.stdout).toContain('accounts.csv -> accounts: 6 rows, 0 created, 0 updated, 6 unchanged, 0 refused');
    const kept = await sillage('import', 'kept', '--mapping', 'kept/mapping.yaml');
    expect(kept.stdout).toContain('60 rows in');
    const lines = (await sillage('events', '--after', '1')).stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(server.events.slice(1));
  });

  it('fails when rows were refused, and says where they are listed', async () => {
    server.refusalOf = (type) => (type === 'prospects' ? { status: 422, code: 'not-possible' } : undefined);
    const { code, stderr } = await sillage('demo', '--size', '60', '--seed', '2');
    expect(code).toBe(1);
    expect(stderr).toBe('sillage: 12 rows were refused: see demo-refused.csv\n');
  });
});
