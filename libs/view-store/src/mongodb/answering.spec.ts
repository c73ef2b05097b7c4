import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoClient, MongoServerError } from 'mongodb';
import { answering } from './answering.js';

describe('a read of MongoDB', () => {
  let silent: Server;
  let sockets: Socket[];

  beforeEach(async () => {
    sockets = [];
    silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('is answered with what it gives', async () => {
    expect(await answering(async ({ maxTimeMS }) => maxTimeMS)).toBe(5_000);
  });

  it('is refused when MongoDB cannot be reached', async () => {
    const { port } = silent.address() as AddressInfo;
    const client = new MongoClient(`mongodb://127.0.0.1:${port}`, { serverSelectionTimeoutMS: 50 });
    const read = answering((limits) => client.db('test').collection('test').find({}, limits).toArray());
    await expect(read).rejects.toMatchObject({ code: 'store-unavailable' });
    await client.close();
  });

  it('is refused when it is not answered in time', async () => {
    const { port } = silent.address() as AddressInfo;
    const client = new MongoClient(`mongodb://127.0.0.1:${port}`);
    const read = answering((limits) => client.db('test').collection('test').find({}, limits).toArray(), 50);
    await expect(read).rejects.toMatchObject({ code: 'deadline-exceeded' });
    await client.close();
  });

  it('is refused when MongoDB gives it up', async () => {
    const late = () => Promise.reject(new MongoServerError({ message: 'too late', code: 50 }));
    await expect(answering(late)).rejects.toMatchObject({ code: 'deadline-exceeded' });
  });

  it('fails with what else goes wrong', async () => {
    await expect(answering(() => Promise.reject(new TypeError('mine')))).rejects.toThrow('mine');
  });
});
