import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Api } from '../api.js';
import { Server, temporaryDirectory } from '../server.js';

describe('a server that cannot start says why in one line, with exit code 1:', () => {
  const oneLine = (about: RegExp) => ({
    code: 1,
    signal: null,
    stderr: expect.stringMatching(new RegExp(`^sillage: [^\n]*${about.source}[^\n]*\n$`)),
  });

  it('the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const ended = await Server.fails({ SILLAGE_DATA_DIR: temporaryDirectory(), SILLAGE_PORT: String(port) });
    other.close();
    expect(ended).toEqual(oneLine(new RegExp(`[Pp]ort ${port}.*taken`)));
  });

  it('the port is none', async () => {
    const ended = await Server.fails({ SILLAGE_DATA_DIR: temporaryDirectory(), SILLAGE_PORT: 'http' });
    expect(ended).toEqual(oneLine(/SILLAGE_PORT/));
  });

  it('the data directory cannot be written', async () => {
    const file = path.join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    expect(await Server.fails({ SILLAGE_DATA_DIR: path.join(file, 'data') })).toEqual(oneLine(/not writable/));
    if (process.getuid?.() === 0) return;
    const locked = path.join(temporaryDirectory(), 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    expect(await Server.fails({ SILLAGE_DATA_DIR: path.join(locked, 'data') })).toEqual(oneLine(/not writable/));
  });

  it('the data directory is in use', async () => {
    const server = await Server.start();
    const ended = await Server.fails({ SILLAGE_DATA_DIR: server.dataDirectory });
    await server.stop();
    expect(ended).toEqual(oneLine(/in use by another process/));
  });

  it('the data directory is of a newer version', async () => {
    const dataDirectory = temporaryDirectory();
    writeFileSync(path.join(dataDirectory, 'format'), '99\n');
    expect(await Server.fails({ SILLAGE_DATA_DIR: dataDirectory })).toEqual(oneLine(/newer version/));
  });
});

describe('a server', () => {
  it('is open to all for health and documents only, and keeps its token to its owner', async () => {
    const server = await Server.start();
    const stranger = new Api(server.url, 'none');
    const routes = ['/health/live', '/health/ready', '/openapi.json', '/asyncapi.json', '/docs'];
    const open = await Promise.all(routes.map((route) => stranger.get(route)));
    const records = await stranger.get('/v1/accounts');
    const mode = statSync(path.join(server.dataDirectory, 'admin-token')).mode & 0o777;
    await server.stop();
    expect(open.map(({ status }) => status)).toEqual(routes.map(() => 200));
    expect([records.status, records.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(mode).toBe(0o600);
  });

  it('keeps its records and its token over a restart, and over kill -9', async () => {
    const first = await Server.start();
    const { token, dataDirectory } = first;
    const created = await Api.of(first).post('/v1/accounts', { name: 'Acme' });
    await first.stop('SIGKILL');
    const second = await Server.start({ dataDirectory });
    const api = Api.of(second);
    const got = await api.get(`/v1/accounts/${created.body.id}`);
    const listed = await api.getAfter(created, '/v1/accounts');
    const sameToken = second.token === token;
    await second.stop();
    expect(got.body).toEqual(created.body);
    expect(listed.body.items).toEqual([created.body]);
    expect(sameToken).toBe(true);
    expect(() => readFileSync(path.join(dataDirectory, 'server.json'))).toThrow();
  });

  it('stops within its time, finishing what is under way', async () => {
    const server = await Server.start();
    const api = Api.of(server);
    const writes = Array.from({ length: 50 }, () => api.post('/v1/accounts', { name: 'Acme' }));
    const first = await Promise.race(writes);
    await server.stop();
    const rest = await Promise.allSettled(writes);
    expect(first.status).toBe(201);
    expect(server.process.exitCode).toBe(0);
    // What was answered was answered well; what came too late was refused, not cut.
    const answered = rest.flatMap((result) => (result.status === 'fulfilled' ? [result.value.status] : []));
    expect(answered.every((status) => status === 201 || status === 503)).toBe(true);
  });

  it('stops also while somebody follows the events', async () => {
    const other = await Server.start();
    const response = await fetch(`${other.url}/v1/events`, {
      headers: { authorization: `Bearer ${other.token}`, accept: 'text/event-stream' },
    });
    const read = response.text();
    await other.stop();
    await read;
    expect(other.process.exitCode).toBe(0);
  });
});
