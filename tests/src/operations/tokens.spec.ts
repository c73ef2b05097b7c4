import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../api.js';
import { Server } from '../server.js';
import { type Said, sillage, sillageWith } from '../sillage.js';

let server: Server;
let admin: Api;

beforeAll(async () => {
  server = await Server.start();
  admin = Api.of(server);
});
afterAll(() => server.stop());

function token(...args: readonly string[]): Promise<Said> {
  return sillage(server.dataDirectory, server.dataDirectory, 'token', ...args).ended;
}

function withToken(text: string): Api {
  return new Api(server.url, text.trim());
}

describe('the command line', () => {
  it('creates a token, lists it and revokes it, at once', async () => {
    const created = await token('create', '--name', 'erp', '--role', 'integration', 'analyst');
    expect(created).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sil_[0-9a-f]{72}\n$/) });
    const erp = withToken(created.stdout);
    expect((await erp.get('/v1/events?limit=1')).status).toBe(200);

    const listed = await token('list');
    const [head, line] = listed.stdout.split('\n');
    expect(head).toMatch(/^id +name +roles +createdAt +createdBy +lastUsedAt$/);
    expect(line).toMatch(/ erp +integration,analyst +20\S+Z +administrator +20\S+:00\.000Z$/);

    const id = line?.split(' ')[0] as string;
    expect(await token('revoke', id)).toEqual({ code: 0, stdout: `the token ${id} is revoked\n`, stderr: '' });
    const refused = await erp.get('/v1/events?limit=1');
    expect([refused.status, refused.body.code]).toEqual([401, 'not-authenticated']);
    expect((await token('revoke', id)).stderr).toBe(`sillage: no token that is still good has the id ${id}\n`);
    expect((await token('list', '--revoked')).stdout).toMatch(/revokedAt +revokedBy\n\S+ +erp .* administrator\n$/);
  });

  it('says what the server does not want', async () => {
    const past = await token('create', '--name', 'erp', '--role', 'cook', '--expires', 'tomorrow');
    expect(past).toMatchObject({ code: 1, stdout: '' });
    expect(past.stderr).toMatch(/roles: Must be one of: administrator, .*; expiresAt: Must be an instant/);
  });

  it('finds the server by a token, too', async () => {
    const { stdout } = await token('create', '--name', 'ops', '--role', 'administrator');
    const environment = { SILLAGE_URL: server.url, SILLAGE_TOKEN: stdout.trim() };
    const created = await sillageWith(
      environment,
      server.dataDirectory,
      'token',
      'create',
      '--name',
      'x',
      '--role',
      'analyst',
    ).ended;
    expect(created.code).toBe(0);
    expect((await admin.get('/v1/tokens')).body.items.at(-1)).toMatchObject({ name: 'x', createdBy: 'ops' });
  });
});

describe('the API of tokens', () => {
  it('tells who did something with a token', async () => {
    const { body } = await admin.post('/v1/tokens', { name: 'camille.durand', roles: ['administrator'] });
    const account = await withToken(body.token).post('/v1/accounts', { name: 'Acme' });
    expect(account.body).toMatchObject({ createdBy: 'camille.durand' });
  });

  it('is for administrators only', async () => {
    for (const role of ['manager', 'representative', 'analyst', 'integration']) {
      const { body } = await admin.post('/v1/tokens', { name: role, roles: [role] });
      const other = withToken(body.token);
      const answers = [
        await other.get('/v1/tokens'),
        await other.post('/v1/tokens', { name: 'more', roles: ['administrator'] }),
        await other.call('DELETE', `/v1/tokens/${body.id}`, {}),
      ];
      expect(answers.map(({ status, body: { code } }) => [status, code])).toEqual(
        answers.map(() => [403, 'not-allowed']),
      );
    }
    expect((await new Api(server.url, 'none').get('/v1/tokens')).status).toBe(401);
  });

  it.each([
    [{}, 400, ['name required', 'roles required']],
    [{ name: 'x', roles: [] }, 400, ['roles empty']],
    [{ name: 'x', roles: ['analyst', 'analyst'] }, 400, ['roles duplicate']],
    [{ name: 'x', roles: 'analyst' }, 400, ['roles wrong-type']],
    [
      { name: ' ', roles: ['owner'], id: 'mine', token: 'mine' },
      400,
      ['id read-only', 'token unknown-field', 'name empty', 'roles not-in-set'],
    ],
    [{ name: 'x', roles: ['analyst'], expiresAt: '2020-01-01T00:00:00Z' }, 422, ['expiresAt in-the-past']],
  ])('refuses %j', async (asked, status, errors) => {
    const answer = await admin.post('/v1/tokens', asked);
    const said = answer.body.errors.map((error: { path: string; code: string }) => `${error.path} ${error.code}`);
    expect([answer.status, said]).toEqual([status, errors]);
  });

  it('creates one under one key, and does not show it twice', async () => {
    const asked = { name: 'once', roles: ['analyst'] };
    const first = await admin.post('/v1/tokens', asked, { 'idempotency-key': 'once' });
    const second = await admin.post('/v1/tokens', asked, { 'idempotency-key': 'once', 'accept-language': 'fr' });
    const other = await admin.post('/v1/tokens', { ...asked, name: 'twice' }, { 'idempotency-key': 'once' });
    expect([first.status, second.status, other.status]).toEqual([201, 409, 422]);
    expect(second.body).toMatchObject({
      code: 'token-already-shown',
      id: first.body.id,
      title: 'Le jeton a déjà été montré',
    });
    expect(second.text).not.toContain(first.body.token);
    expect(other.body.code).toBe('idempotency-key-reused');
  });

  it('knows no token by an id that is none', async () => {
    for (const id of ['0199a1f4-2c71-7d0e-9a3b-7f8091a2b3c4', 'nothing', '__proto__', 'a%2fb']) {
      const answer = await admin.call('DELETE', `/v1/tokens/${id}`, {});
      expect([answer.status, answer.body.code]).toEqual([404, 'token-not-found']);
    }
    expect((await admin.get('/v1/tokens?all=true')).status).toBe(400);
    expect((await admin.call('PATCH', '/v1/tokens/x', {})).headers.get('allow')).toBe('DELETE');
  });
});

describe('a restart', () => {
  it('keeps tokens, their last use and their end, and the secret is in no file', async () => {
    const kept = (await admin.post('/v1/tokens', { name: 'kept', roles: ['analyst'] })).body;
    const revoked = (await admin.post('/v1/tokens', { name: 'revoked', roles: ['analyst'] })).body;
    expect((await withToken(kept.token).get('/v1/accounts')).status).toBe(200);
    await admin.call('DELETE', `/v1/tokens/${revoked.id}`, {});
    const { dataDirectory } = server;
    const exit = new Promise((resolve) => server.process.once('exit', resolve));
    server.process.kill('SIGTERM');
    await exit;
    expect(filesWith(dataDirectory, kept.token.slice(4, 68))).toEqual([]);

    const again = await Server.start({ dataDirectory });
    try {
      const tokens = (await Api.of(again).get('/v1/tokens')).body.items as { name: string; lastUsedAt?: string }[];
      expect(tokens.find(({ name }) => name === 'kept')?.lastUsedAt).toMatch(/:00\.000Z$/);
      expect((await new Api(again.url, kept.token).get('/v1/accounts')).status).toBe(200);
      expect((await new Api(again.url, revoked.token).get('/v1/accounts')).status).toBe(401);
      expect((await sillage(dataDirectory, dataDirectory, 'verify').ended).code).toBe(0);
    } finally {
      await again.stop();
    }
  });
});

/** The files of a directory in which a text occurs, whatever their form. */
function filesWith(directory: string, text: string): readonly string[] {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return files.filter((name) => {
    const file = path.join(directory, name);
    return statSync(file).isFile() && readFileSync(file).includes(text);
  });
}
