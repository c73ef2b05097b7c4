import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../api.js';
import { RawConnection } from '../raw-http.js';
import { Server } from '../server.js';

/** Milliseconds: the ten seconds that a request has, and some for a machine with other work. */
const CUT_WITHIN = 14_000;

describe('a request that is sent too slowly', () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({ environment: { SILLAGE_LOG_LEVEL: 'info' } });
  });
  afterAll(() => server.stop());

  const head = () =>
    `POST /v1/accounts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.token}\r\nContent-Type: application/json\r\n`;

  /** Sends the beginning, then a byte every now and then; gives the code of the answer and how long it took. */
  async function dribble(beginning: string, byte: string) {
    const connection = await RawConnection.open(server.url);
    const begun = performance.now();
    connection.send(beginning);
    const dribbling = setInterval(() => connection.send(byte), 500);
    const answer = await connection.answer();
    clearInterval(dribbling);
    await connection.closed();
    return { code: JSON.parse(answer?.text ?? '{}').code, milliseconds: performance.now() - begun };
  }

  it('is cut off in time, wherever it has come to, before its first byte too, and others are answered meanwhile', async () => {
    const slow = Promise.all([
      dribble('', ''),
      dribble(head(), 'a'),
      dribble(`${head()}Content-Length: 1000\r\n\r\n{`, ' '),
      dribble(`${head()}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
    ]);
    const other = await Api.of(server).post('/v1/accounts', { name: 'Prompt' });
    const answers = await slow;
    expect(other.status).toBe(201);
    for (const { milliseconds } of answers) expect(milliseconds).toBeLessThan(CUT_WITHIN);
    expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 'request-too-slow'));
  });

  it('or is broken off: no line of the log is worth that', async () => {
    for (let time = 0; time < 20; time += 1) {
      const connection = await RawConnection.open(server.url);
      connection.send(`${head()}Content-Length: 1000\r\n\r\n{`);
      await Api.of(server).get('/health/live');
      connection.close();
    }
    await Api.of(server).get('/health/live');
    expect(server.log()).toBe('');
  });
});
