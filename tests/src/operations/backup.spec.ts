import { hash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@sillage/event-store/testing';
import { Api } from '../api.js';
import { Server, temporaryDirectory } from '../server.js';
import { type Said, type Sillage, sillage } from '../sillage.js';

let server: Server;
let api: Api;
let folder: string;
let backup: string;
let token: string;

/** Records, some of them long, so that copying takes a while; and a token. */
beforeAll(async () => {
  server = await Server.start();
  api = Api.of(server);
  folder = temporaryDirectory();
  backup = path.join(folder, 'good');
  const items = Array.from({ length: 20 }, (_, index) => ({ name: `Prospect ${index}`, notes: 'x'.repeat(40_000) }));
  for (let batch = 0; batch < 40; batch += 1) await api.post('/v1/prospects/batch', { items });
  token = (await api.post('/v1/tokens', { name: 'erp', roles: ['administrator'] })).body.token;
  expect(await run('backup', backup)).toMatchObject({ code: 0, stderr: '' });
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function start(...args: readonly string[]): Sillage {
  return sillage(server.dataDirectory, folder, ...args);
}

function run(...args: readonly string[]): Promise<Said> {
  return start(...args).ended;
}

function withMasterKey(): readonly string[] {
  return ['--master-key', path.join(server.dataDirectory, 'master-key')];
}

describe('a backup', () => {
  it('taken under writes holds everything that was acknowledged before, and is restored to the same Sillage', async () => {
    const written: string[] = [];
    let isWriting = true;
    const writers = Array.from({ length: 4 }, async () => {
      while (isWriting) written.push((await api.post('/v1/accounts', { name: 'Acme' })).body.id);
    });
    await eventually('some are written', () => written.length > 50);
    const before = [...written];
    const [taken, restored] = [path.join(folder, 'under-writes'), path.join(folder, 'restored')];
    const said = await run('backup', taken);
    isWriting = false;
    await Promise.all(writers);
    expect(said).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+ events, up to position \d+, are in /) });
    const options = [...withMasterKey(), '--erasures-of', server.dataDirectory];
    expect(await run('restore', taken, restored, ...options)).toEqual({
      ...said,
      stdout: said.stdout.replace(taken, restored),
    });

    const again = await Server.start({ dataDirectory: restored });
    try {
      const other = new Api(again.url, token);
      const report = await eventuallyThere(other, said);
      const inIt = report.body.totals.count;
      expect(inIt).toBeGreaterThanOrEqual(before.length);
      const answers = await Promise.all(written.map((id) => other.get(`/v1/accounts/${id}`)));
      const restoredIds = answers.filter(({ status }) => status === 200).map(({ body }) => body.id);
      expect(restoredIds).toHaveLength(inIt);
      expect(restoredIds).toEqual(expect.arrayContaining(before));
      expect(again.token).not.toBe(server.token);
      expect((await new Api(again.url, server.token).get('/v1/accounts')).status).toBe(401);
      expect((await sillage(restored, folder, 'verify').ended).code).toBe(0);
    } finally {
      await again.stop();
    }
  }, 60_000);

  it('has no secret in it, and is its owner’s alone', () => {
    expect(readdirSync(backup).sort()).toEqual(['events.db', 'format', 'keys.db', 'manifest.json']);
    const masterKey = readFileSync(path.join(server.dataDirectory, 'master-key'), 'utf8').trim();
    for (const secret of [server.token, token.slice(4, 68), masterKey, Buffer.from(masterKey, 'base64')]) {
      const found = readdirSync(backup).filter((name) => readFileSync(path.join(backup, name)).includes(secret));
      expect(found).toEqual([]);
    }
    const modes = ['.', ...readdirSync(backup)].map((name) => statSync(path.join(backup, name)).mode & 0o077);
    expect(modes).toEqual(modes.map(() => 0));
  });

  it('takes the place of nothing, and is made of a data directory only', async () => {
    expect((await run('backup', backup)).stderr).toBe(
      `sillage: ${backup} is there already: a backup takes the place of nothing\n`,
    );
    expect((await run('backup', path.join(folder, 'no', 'where'))).stderr).toMatch(/cannot be written: ENOENT/);
    const nothing = await sillage(folder, folder, 'backup', 'of-nothing').ended;
    expect(nothing.stderr).toMatch(/^sillage: there are no events in /);
    expect(existsSync(path.join(folder, 'of-nothing'))).toBe(false);
  });

  it.each(['SIGKILL', 'SIGINT'] as const)('is whole or not there when %s ends its making', async (signal) => {
    const target = path.join(folder, `ended-by-${signal}`);
    const making = start('backup', target);
    await eventually('it is being made', () => existsSync(`${target}.part`) || existsSync(target));
    making.process.kill(signal);
    await making.ended;
    if (existsSync(target)) expect((await run('restore', target, `${target}-restored`)).code).toBe(0);
    else expect(existsSync(`${target}.part`)).toBe(signal === 'SIGKILL');
  });

  it('that was cut off is not gone on with', async () => {
    const target = path.join(folder, 'cut-off-backup');
    mkdirSync(`${target}.part`);
    expect((await run('backup', target)).stderr).toMatch(/or was cut off: then delete that folder\n$/);
    rmSync(`${target}.part`, { recursive: true });
    expect((await run('backup', target)).code).toBe(0);
  });
});

describe('a restore', () => {
  it('of a damaged backup is refused before anything is written', async () => {
    const damaged = path.join(folder, 'damaged');
    mkdirSync(damaged);
    for (const name of readdirSync(backup)) {
      const bytes = readFileSync(path.join(backup, name));
      const middle = Math.floor(bytes.length / 2);
      if (name === 'events.db') bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      writeFileSync(path.join(damaged, name), bytes);
    }
    const target = path.join(folder, 'from-damaged');
    const said = await run('restore', damaged, target);
    expect(said).toMatchObject({ code: 1, stderr: expect.stringMatching(/events\.db is not what it was\n$/) });
    expect(existsSync(target)).toBe(false);
  });

  it('goes into no directory that has anything in it, or is in use', async () => {
    const used = await run('restore', backup, server.dataDirectory);
    expect([used.code, used.stderr]).toEqual([1, expect.stringMatching(/is in use by another process/)]);
    const other = path.join(folder, 'with-something');
    mkdirSync(other);
    writeFileSync(path.join(other, 'letter'), 'Dear all');
    const full = await run('restore', backup, other);
    expect([full.code, full.stderr]).toEqual([1, expect.stringMatching(/is not empty/)]);
    expect(readdirSync(other)).toEqual(['letter']);
    expect((await api.get('/v1/prospects?limit=1')).status).toBe(200);
  });

  it('goes into an empty directory, such as a volume', async () => {
    const volume = path.join(folder, 'volume');
    mkdirSync(volume);
    expect((await run('restore', backup, volume, ...withMasterKey())).code).toBe(0);
    expect((await sillage(volume, folder, 'export', 'events').ended).code).toBe(0);
  });

  it.each(['SIGKILL', 'SIGINT'] as const)('is whole or to be run again when %s ends it', async (signal) => {
    const target = path.join(folder, `restore-ended-by-${signal}`);
    const restoring = start('restore', backup, target);
    await eventually('it is under way', () => existsSync(target));
    restoring.process.kill(signal);
    await restoring.ended;
    const isWhole = existsSync(path.join(target, 'events.db')) && !existsSync(path.join(target, 'restoring'));
    if (!isWhole) expect((await run('restore', backup, target)).code).toBe(0);
    expect(filesOf(target)).toEqual(filesOf(backup));
  });

  it('forgets again who was forgotten after the backup', async () => {
    const person = (await api.post('/v1/clients', { name: 'Zoé Canary', phone: '+33 5 00 11 22 33' })).body;
    const [taken, restored] = [path.join(folder, 'before-forgetting'), path.join(folder, 'forgotten-again')];
    expect((await run('backup', taken)).code).toBe(0);
    expect((await api.post(`/v1/clients/${person.id}/forget`)).status).toBe(200);
    const said = await run('restore', taken, restored, ...withMasterKey(), '--erasures-of', server.dataDirectory);
    expect(said).toMatchObject({ code: 0, stderr: '' });
    const again = await Server.start({ dataDirectory: restored });
    try {
      const other = Api.of(again);
      await eventually('the person is forgotten', async () => {
        const { body } = await other.get(`/v1/clients/${person.id}`);
        return body.forgottenAt !== undefined && body.name === undefined;
      });
      const { text } = await other.get('/v1/events?limit=1000');
      expect(text).not.toContain('Canary');
    } finally {
      await again.stop();
    }
  }, 30_000);

  it('needs the master key, which no backup has: another is refused, and no server makes a new one', async () => {
    const other = path.join(folder, 'other-master-key');
    writeFileSync(other, randomBytes(32).toString('base64'));
    const wrong = await run('restore', backup, path.join(folder, 'wrong-key'), '--master-key', other);
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/is wrapped by the master key/)]);
    expect(readdirSync(path.join(folder, 'wrong-key')).filter((name) => name !== 'lock')).toEqual([]);

    const target = path.join(folder, 'without-key');
    expect((await run('restore', backup, target)).stderr).toMatch(/put the master key into .*\n.*--erasures-of\n$/);
    const { code, stderr } = await Server.fails({ SILLAGE_DATA_DIR: target });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/The master key is missing: put it back as /)]);
  });

  it('that was cut off lets no server start on half of it, and is run again', async () => {
    const target = path.join(folder, 'cut-off-restore');
    mkdirSync(path.join(target, 'restoring'), { recursive: true });
    writeFileSync(path.join(target, 'events.db'), 'half of it');
    writeFileSync(path.join(target, 'restoring', 'format'), '1\n');
    const { code, stderr } = await Server.fails({ SILLAGE_DATA_DIR: target });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/was not finished: run it again\n$/)]);
    expect((await run('restore', backup, target)).code).toBe(0);
    expect(filesOf(target)).toEqual(filesOf(backup));
  });
});

/** What a backup, or a directory restored from it, holds: digests by name. */
function filesOf(directory: string): Readonly<Record<string, string>> {
  const names = readdirSync(directory).filter((name) => name !== 'lock' && name !== 'manifest.json');
  return Object.fromEntries(names.map((name) => [name, hash('sha256', readFileSync(path.join(directory, name)))]));
}

/** The report on accounts as soon as the views hold what was restored. */
async function eventuallyThere(restored: Api, { stdout }: Said): Promise<Awaited<ReturnType<Api['get']>>> {
  const head = /position (\d+)/.exec(stdout)?.[1] ?? '';
  let answer = await restored.get('/v1/reports/accounts', { 'sillage-wait-for': head });
  while (answer.status === 503) answer = await restored.get('/v1/reports/accounts', { 'sillage-wait-for': head });
  return answer;
}
