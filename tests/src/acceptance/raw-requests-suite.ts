import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../api.js';
import { exchange, type RawAnswer, RawConnection } from '../raw-http.js';
import type { RunningSillage, StartSillage } from '../running-sillage.js';

/** What is answered to bytes that no HTTP client would send: always a problem, and nothing is done. */
export function rawRequestsSuite(start: StartSillage): void {
  let server: RunningSillage;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());

  /** A request with a valid token. */
  const request = (line: string, headers: readonly string[] = [], body: string | Uint8Array = '') =>
    Buffer.concat([
      Buffer.from([line, 'Host: sillage', `Authorization: Bearer ${server.token}`, ...headers, '', ''].join('\r\n')),
      Buffer.from(body),
    ]);

  const NAME = '{"name":"Raw"}';
  const JSON_TYPE = 'Content-Type: application/json';
  const LENGTH = `Content-Length: ${NAME.length}`;
  const ACCOUNTS = 'GET /v1/accounts HTTP/1.1';
  const CREATE = 'POST /v1/accounts HTTP/1.1';
  const ID = '00000000-0000-4000-8000-000000000000';
  const long = 'x'.repeat(20_000);
  const auth = () => `Authorization: Bearer ${server.token}`;

  type Case = [what: string, bytes: () => string | Uint8Array, status: number, code: string, path?: string];

  const noHttp: Case[] = [
    ['text that is no request', () => 'hello\r\n\r\n', 400, 'malformed-request'],
    ['a request of TLS', () => Buffer.from('16030100aa010000a60303', 'hex'), 400, 'malformed-request'],
    ['the preface of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'malformed-request'],
    ['HTTP/0.9', () => 'GET /v1/accounts\r\n\r\n', 400, 'malformed-request'],
    ['another version', () => request('GET /v1/accounts HTTP/2.0'), 400, 'malformed-request'],
    ['an unknown method', () => request('FETCH /v1/accounts HTTP/1.1'), 400, 'malformed-request'],
    ['a tunnel', () => request('CONNECT db:5432 HTTP/1.1'), 400, 'malformed-request'],
    ['bytes that no address has', () => request('GET /v1/accounts?q=\xff HTTP/1.1'), 400, 'malformed-request'],
    ['a NUL in the address', () => request('GET /v1/acc\0unts HTTP/1.1'), 400, 'malformed-request'],
    ['lines that end in LF', () => `${ACCOUNTS}\nHost: x\n${auth()}\n\n`, 400, 'malformed-request'],
    ['a blank before a colon', () => request(ACCOUNTS, ['X-One : 1']), 400, 'malformed-request'],
    ['a header that is folded', () => request(ACCOUNTS, ['X-One: 1', ' 2']), 400, 'malformed-request'],
  ];

  const tooLarge: Case[] = [
    ['a header', () => request(ACCOUNTS, [`X-One: ${long}`]), 431, 'headers-too-large'],
    ['101 headers', () => request(ACCOUNTS, new Array(99).fill('X-One: 1')), 431, 'headers-too-large'],
    ['an address', () => request(`GET /v1/accounts?q=${long} HTTP/1.1`), 414, 'address-too-long'],
    [
      'a trailer',
      () => request(CREATE, [JSON_TYPE, 'Transfer-Encoding: chunked'], `e\r\n${NAME}\r\n0\r\nX-One: ${long}\r\n\r\n`),
      431,
      'headers-too-large',
    ],
    [
      'an extension of a chunk',
      () => request(CREATE, [JSON_TYPE, 'Transfer-Encoding: chunked'], `e;${long}\r\n${NAME}\r\n0\r\n\r\n`),
      400,
      'malformed-request',
    ],
    ['a length', () => request(CREATE, [JSON_TYPE, 'Content-Length: 1048577'], '{'), 413, 'body-too-large'],
    [
      'a length that no number holds',
      () => request(CREATE, [JSON_TYPE, 'Content-Length: 99999999999999999999'], '{'),
      400,
      'malformed-request',
    ],
    [
      'a body of chunks',
      () => {
        const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
        return request(CREATE, [JSON_TYPE, 'Transfer-Encoding: chunked'], chunk.repeat(17));
      },
      413,
      'body-too-large',
    ],
  ];

  /** What a proxy and a server may each read in their own way (RFC 9112, section 11.2). */
  const smuggling: Case[] = [
    [
      'a length and chunks',
      () => request(CREATE, [JSON_TYPE, LENGTH, 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
      400,
      'malformed-request',
    ],
    ['two lengths', () => request(CREATE, [JSON_TYPE, LENGTH, 'Content-Length: 3'], NAME), 400, 'malformed-request'],
    ['a negative length', () => request(CREATE, [JSON_TYPE, 'Content-Length: -1'], NAME), 400, 'malformed-request'],
    [
      'a transfer coding that is none',
      () => request(CREATE, [JSON_TYPE, 'Transfer-Encoding: xchunked'], '0\r\n\r\n'),
      400,
      'malformed-request',
    ],
    [
      'a transfer coding before chunks',
      () => request(CREATE, [JSON_TYPE, 'Transfer-Encoding: gzip, chunked'], `e\r\n${NAME}\r\n0\r\n\r\n`),
      400,
      'validation-failed',
      'Transfer-Encoding',
    ],
    ['two hosts', () => request(ACCOUNTS, ['Host: other']), 400, 'validation-failed', 'Host'],
    ['no host', () => `${ACCOUNTS}\r\n${auth()}\r\n\r\n`, 400, 'validation-failed', 'Host'],
    ['a host that is none', () => `${ACCOUNTS}\r\nHost: a/b\r\n${auth()}\r\n\r\n`, 400, 'validation-failed', 'Host'],
    ['two tokens', () => request(ACCOUNTS, ['Authorization: Bearer x']), 400, 'validation-failed', 'Authorization'],
    [
      'two media types',
      () => request(CREATE, [JSON_TYPE, 'Content-Type: text/xml', LENGTH], NAME),
      400,
      'validation-failed',
      'Content-Type',
    ],
    [
      'two keys',
      () => request(CREATE, [JSON_TYPE, LENGTH, 'Idempotency-Key: a', 'idempotency-key: b'], NAME),
      400,
      'validation-failed',
      'Idempotency-Key',
    ],
    [
      'two revisions',
      () => request(`PATCH /v1/accounts/${ID} HTTP/1.1`, [JSON_TYPE, LENGTH, 'If-Match: "0"', 'If-Match: "1"'], NAME),
      400,
      'validation-failed',
      'If-Match',
    ],
    ['a body of a GET', () => request(ACCOUNTS, [JSON_TYPE, LENGTH], NAME), 400, 'validation-failed', ''],
    [
      'a body of a DELETE',
      () => request(`DELETE /v1/accounts/${ID} HTTP/1.1`, ['If-Match: *', JSON_TYPE, LENGTH], NAME),
      400,
      'validation-failed',
      '',
    ],
    [
      'an expectation',
      () => request(CREATE, ['Expect: cake', JSON_TYPE, LENGTH], NAME),
      400,
      'validation-failed',
      'Expect',
    ],
  ];

  const encodings: Case[] = [
    [
      'a body that is compressed',
      () => request(CREATE, [JSON_TYPE, LENGTH, 'Content-Encoding: gzip'], NAME),
      415,
      'encoding-not-supported',
    ],
    [
      'a body in another charset',
      () => request(CREATE, ['Content-Type: application/json; charset=iso-8859-1', LENGTH], NAME),
      415,
      'media-type-not-supported',
    ],
    ['a path that is not UTF-8', () => request('GET /v1/accounts/%ff HTTP/1.1'), 400, 'validation-failed', ''],
    ['a path that is not encoded', () => request('GET /v1/accounts/%zz HTTP/1.1'), 400, 'validation-failed', ''],
    ['a NUL in a path', () => request('GET /v1/accounts/%00 HTTP/1.1'), 404, 'record-not-found'],
    ['an endless id', () => request(`GET /v1/accounts/${'x'.repeat(9_000)} HTTP/1.1`), 404, 'record-not-found'],
    ['a parameter that is not UTF-8', () => request('GET /v1/accounts?q=%ff HTTP/1.1'), 400, 'validation-failed', 'q'],
    ['half a character', () => request('GET /v1/accounts?a=1&q=%ED%A0%80 HTTP/1.1'), 400, 'validation-failed', 'q'],
    ['a parameter that is not encoded', () => request('GET /v1/accounts?q=%2 HTTP/1.1'), 400, 'validation-failed', 'q'],
    ['a name that is not encoded', () => request('GET /v1/accounts?%zz=1 HTTP/1.1'), 400, 'validation-failed', ''],
    ['a NUL in a filter', () => request('GET /v1/accounts?name=a%00 HTTP/1.1'), 400, 'validation-failed', 'name'],
    [
      '3,000 parameters',
      () => request(`GET /v1/accounts?${'a&'.repeat(3_000)} HTTP/1.1`),
      400,
      'validation-failed',
      'a',
    ],
  ];

  const isProblem = ({ status, headers, text }: RawAnswer, wanted: number, code: string) => {
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const body = JSON.parse(text);
    expect([status, body.status, body.code]).toEqual([wanted, wanted, code]);
    expect(body.requestId).toBe(headers.get('x-request-id'));
    expect(text).not.toMatch(/FST_|HPE_|node:/);
    return body;
  };

  describe.each([
    ['what is no HTTP', noHttp],
    ['what is too large:', tooLarge],
    ['what can be read in two ways:', smuggling],
    ['what is encoded in another way:', encodings],
  ])('%s is refused:', (_group, cases) => {
    it.each(cases)('%s', async (...[, bytes, status, code, path]: Case) => {
      const answer = await exchange(server.url, bytes());
      const body = isProblem(answer as RawAnswer, status, code);
      if (path !== undefined) expect(body.errors).toMatchObject([{ path }]);
    });
  });

  it('nothing of all that was done', async () => {
    const { body } = await Api.of(server).get('/v1/accounts?name=Raw');
    expect(body.items).toEqual([]);
  });

  it('an address may name its host, and a caller may ask before it sends a body', async () => {
    const absolute = await exchange(server.url, request('GET http://other/v1/accounts?name=Raw HTTP/1.1'));
    const asked = await exchange(server.url, request(CREATE, ['Expect: 100-continue', JSON_TYPE, LENGTH], NAME));
    expect([absolute?.status, asked?.status]).toEqual([200, 201]);
  });

  it('an answer goes to the request that it is for, whatever comes behind it on the connection', async () => {
    const connection = await RawConnection.open(server.url);
    connection.send(Buffer.concat([request(CREATE, [JSON_TYPE, LENGTH], NAME), Buffer.from('hello\r\n\r\n')]));
    const answer = await connection.answer();
    await connection.closed();
    expect([answer?.status, JSON.parse(answer?.text ?? '').name]).toEqual([201, 'Raw']);
  });
}
