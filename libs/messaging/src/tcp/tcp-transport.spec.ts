import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as passing } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { describeMessages, messageContext } from '../testing/messages-contract.js';
import { type AccountsClient, askByTcp, serveByTcp } from '../testing/tcp-service.js';
import type { Address } from './address.js';
import type { TcpServer } from './tcp-server.js';

beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(['error']));

describeMessages('over TCP', async (handlers) => {
  const server = await serveByTcp(handlers);
  const { messages, close } = askByTcp([server.address]);
  return {
    messages,
    close: async () => {
      close();
      server.close();
    },
  };
});

const toClose: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of toClose.splice(0)) one.close();
});

async function serve(...options: Parameters<typeof serveByTcp>): Promise<TcpServer> {
  const server = await serveByTcp(...options);
  toClose.push(server);
  return server;
}

function ask(...options: Parameters<typeof askByTcp>): AccountsClient['messages'] {
  const client = askByTcp(...options);
  toClose.push(client);
  return client.messages;
}

const message = (payload: unknown = null, milliseconds?: number) => ({
  context: messageContext(milliseconds),
  payload,
});

/** A handler that answers when it is told to. */
function gate() {
  const waiting: (() => void)[] = [];
  return {
    handle: () => new Promise<string>((resolve) => waiting.push(() => resolve('done'))),
    waiting,
    open: () => {
      for (const answer of waiting.splice(0)) answer();
    },
  };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('the condition was not met in time');
    await passing(5);
  }
}

/** An address where nobody listens. */
async function deadAddress(): Promise<Address> {
  const server = await serveByTcp({});
  const { address } = server;
  server.close();
  return address;
}

describe('a service', () => {
  it('refuses at once what is more than it can work on, and takes more when it has finished', async () => {
    const { handle, waiting, open } = gate();
    const server = await serve({ 'accounts.wait': handle }, { mostAtWork: 2 });
    const messages = ask([server.address]);
    const under = [messages.ask('accounts.wait', message()), messages.ask('accounts.wait', message())];
    await until(() => waiting.length === 2);
    const begun = performance.now();
    await expect(messages.ask('accounts.wait', message())).rejects.toMatchObject({ code: 'overloaded' });
    expect(performance.now() - begun).toBeLessThan(1_000);
    open();
    expect(await Promise.all(under)).toEqual(['done', 'done']);
    const next = messages.ask('accounts.wait', message());
    await until(() => waiting.length === 1);
    open();
    expect(await next).toBe('done');
  });

  it('refuses what arrives when its time is up, without work', async () => {
    let calls = 0;
    const server = await serve({
      'accounts.count': async () => {
        calls += 1;
      },
    });
    const late = { id: '1', pattern: 'accounts.count', data: message(), metadata: { timeLeft: 0, carrier: {} } };
    expect(await rawAnswer(server.address, late)).toMatchObject({ problem: { code: 'deadline-exceeded' } });
    expect(calls).toBe(0);
  });

  it('closes on whoever does not speak its language', async () => {
    const server = await serve({ 'accounts.one': async () => 1 });
    for (const text of ['GET / HTTP/1.1\r\n\r\n#', '2#{}', '4#null', '12#{"id":"a"}  ']) {
      const socket = connect(server.address.port, server.address.host);
      socket.resume().write(text);
      await new Promise((resolve) => socket.once('close', resolve));
    }
    expect(await ask([server.address]).ask('accounts.one', message())).toBe(1);
  });

  it('keeps an answer to itself that is too long, and the connection', async () => {
    const server = await serve({
      'accounts.long': async () => ['x'.repeat(64 * 1024 * 1024), 'x'.repeat(65 * 1024 * 1024)],
      'accounts.one': async () => 1,
    });
    const messages = ask([server.address]);
    await expect(messages.ask('accounts.long', message())).rejects.toMatchObject({ code: 'internal-error' });
    expect(await messages.ask('accounts.one', message())).toBe(1);
  });

  it('answers large messages that cross other large ones', async () => {
    const body = 'x'.repeat(1024 * 1024);
    const server = await serve({ 'accounts.echo': async ({ payload }) => payload });
    const messages = ask([server.address]);
    const answers = Array.from({ length: 60 }, () => messages.ask<string>('accounts.echo', message(body, 15_000)));
    for (const answer of await Promise.all(answers)) expect(answer.length).toBe(body.length);
  });
});

describe('a client', () => {
  it('is refused when it asks too much at once', async () => {
    const { handle, waiting, open } = gate();
    const server = await serve({ 'accounts.wait': handle });
    const messages = ask([server.address]);
    const results = Promise.allSettled(
      Array.from({ length: 600 }, () => messages.ask('accounts.wait', message(null, 10_000))),
    );
    await until(() => waiting.length === 512);
    open();
    const settled = await results;
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(512);
    const refused = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(new Set(refused)).toEqual(new Set(['overloaded']));
  });

  it('refuses a message that no service would take', async () => {
    const server = await serve({ 'accounts.echo': async ({ payload }) => payload });
    const messages = ask([server.address]);
    const body = 'x'.repeat(4 * 1024 * 1024);
    await expect(messages.ask('accounts.echo', message(body))).rejects.toMatchObject({ code: 'body-too-large' });
    expect(await messages.ask('accounts.echo', message('x'))).toBe('x');
  });

  it('is told soon, and in time, that a service is not there', async () => {
    const messages = ask([await deadAddress()]);
    const begun = performance.now();
    await expect(messages.ask('accounts.one', message(null, 300))).rejects.toMatchObject({
      code: 'deadline-exceeded',
    });
    await expect(messages.ask('accounts.one', message(null, 8_000))).rejects.toMatchObject({
      code: 'service-unavailable',
    });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('finds a service that comes later', async () => {
    const listen = await deadAddress();
    const messages = ask([listen]);
    const answer = messages.ask('accounts.one', message());
    await passing(100);
    await serve({ 'accounts.one': async () => 1 }, { listen });
    expect(await answer).toBe(1);
  });

  it('asks again, once, when the connection breaks, and says that it does', async () => {
    const seen: unknown[] = [];
    const handlers = (answer: () => Promise<unknown>) => ({
      'accounts.write': async ({ context }: { context: { repeated?: true } }) => {
        seen.push(context.repeated);
        return answer();
      },
    });
    const first = await serve(handlers(() => new Promise(() => undefined)));
    const listen = first.address;
    const messages = ask([listen]);
    const answer = messages.ask('accounts.write', message());
    await until(() => seen.length === 1);
    first.close();
    await serve(
      handlers(async () => 'stored'),
      { listen },
    );
    expect(await answer).toBe('stored');
    expect(seen).toEqual([undefined, true]);
  });

  it('gives up when the connection breaks twice: the outcome is unknown', async () => {
    let seen = 0;
    const rude = createServer((socket) => answerPingsAndBreak(socket, () => (seen += 1)));
    const messages = ask([await listening(rude)]);
    await expect(messages.ask('accounts.write', message())).rejects.toMatchObject({ code: 'service-unavailable' });
    expect(seen).toBe(2);
  });
});

describe('several replicas', () => {
  const counted = () => {
    const replica = { calls: 0 };
    const handlers = {
      'accounts.one': async () => {
        replica.calls += 1;
        return 1;
      },
    };
    return { replica, handlers };
  };

  it('are asked in turn, and one that is not there is left out', async () => {
    const [a, b] = [counted(), counted()];
    const servers = [await serve(a.handlers), await serve(b.handlers)];
    const messages = ask([await deadAddress(), ...servers.map(({ address }) => address)]);
    await messages.ask('accounts.one', message());
    await passing(50);
    for (let turn = 0; turn < 100; turn += 1) await messages.ask('accounts.one', message());
    expect(Math.abs(a.replica.calls - b.replica.calls)).toBeLessThanOrEqual(10);
    expect(a.replica.calls + b.replica.calls).toBe(101);
  });

  it('take over from one that stops: no message fails', async () => {
    const slow = { 'accounts.one': () => passing(5, 1) };
    const [staying, leaving] = [await serve(slow), await serve(slow)];
    const messages = ask([staying.address, leaving.address]);
    let stopping = true;
    const failures: unknown[] = [];
    const load = Array.from({ length: 32 }, async () => {
      while (stopping) await messages.ask('accounts.one', message()).catch((error: unknown) => failures.push(error));
    });
    await passing(200);
    await leaving.drain(10_000);
    leaving.close();
    await passing(200);
    stopping = false;
    await Promise.all(load);
    expect(failures).toEqual([]);
    expect(leaving.atWork).toBe(0);
  });

  it('are found behind one name, those that come later too, and let go when they are not listed any more', async () => {
    const [a, b] = [counted(), counted()];
    const first = await serve(a.handlers, { listen: { host: '127.0.0.1', port: 0 } });
    const { port } = first.address;
    const second = await serve(b.handlers, { listen: { host: '127.0.0.2', port } });
    let listed = ['127.0.0.1'];
    const messages = ask([{ host: 'accounts.internal', port }], { resolve: async () => listed });
    await messages.ask('accounts.one', message());
    expect(b.replica.calls).toBe(0);
    listed = ['127.0.0.2'];
    first.close();
    await until(() => first.atWork === 0);
    expect(await messages.ask('accounts.one', message())).toBe(1);
    expect(b.replica.calls).toBe(1);
    second.close();
  });

  it('do without one that has frozen: what it was asked is asked of another', async () => {
    const frozen = createServer((socket) => answerPings(socket, 1));
    const { handlers, replica } = counted();
    const lively = await serve(handlers);
    const messages = ask([await listening(frozen), lively.address]);
    const answers = Array.from({ length: 20 }, () => messages.ask('accounts.one', message(null, 8_000)));
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 20 }, () => 1));
    expect(replica.calls).toBe(20);
  }, 15_000);
});

/** Sends one packet as it is, and gives the answer to it. */
async function rawAnswer({ host, port }: Address, packet: unknown): Promise<unknown> {
  const json = JSON.stringify(packet);
  const socket = connect(port, host);
  socket.write(`${json.length}#${json}`);
  const data = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
  socket.destroy();
  return JSON.parse(data.toString().replace(/^\d+#/, '')).response;
}

async function listening(server: Server): Promise<Address> {
  toClose.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: '127.0.0.1', port: (server.address() as { port: number }).port };
}

/** Answers so many pings, and nothing else ever after. */
function answerPings(socket: Socket, times: number, onMessage: () => void = () => undefined): void {
  let left = times;
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    if (!data.includes('"id":"ping"')) return onMessage();
    if (left === 0) return;
    left -= 1;
    const pong = '{"id":"ping","response":{"value":null},"isDisposed":true}';
    socket.write(`${pong.length}#${pong}`);
  });
}

function answerPingsAndBreak(socket: Socket, onMessage: () => void): void {
  answerPings(socket, 1, () => {
    onMessage();
    socket.destroy();
  });
}
