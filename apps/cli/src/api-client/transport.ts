import { isNativeError } from 'node:util/types';
import type { JsonObject, JsonValue } from '@sillage/kernel';
import { Agent, type Dispatcher, errors, request } from 'undici';
import type { Connection } from './connection.js';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From `/v1` on, with the query string. */
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: JsonObject;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string | undefined };
  /** Undefined for a body that is empty or no JSON (an error page of some proxy). */
  readonly body: JsonValue | undefined;
}

/** No answer came: whether the request was carried out is unknown. */
export class NoAnswer extends Error {
  constructor(cause: Error) {
    super(codeOf(cause), { cause });
    this.name = 'NoAnswer';
  }
}

/** A little more than the 10 s within which the gateway promises an answer. */
const ANSWER_WITHIN = 15_000;

/** Further requests wait for one of these: hundreds of single changes must not become hundreds of connections. */
const MOST_CONNECTIONS = 16;

/** A live stream carries a comment every 15 s; after three of them missed it is taken for lost. */
const SILENT_STREAM = 45_000;

/** HTTP exchanges over connections that are kept open. */
export class Transport {
  private readonly agent = new Agent({
    connections: MOST_CONNECTIONS,
    headersTimeout: ANSWER_WITHIN,
    bodyTimeout: ANSWER_WITHIN,
    connectTimeout: 5_000,
  });

  constructor(readonly connection: Connection) {}

  /** @throws NoAnswer when the connection fails, before or after the request was sent. */
  async exchange({ method, path, headers = {}, body }: ApiRequest): Promise<ApiResponse> {
    return orNoAnswer(async () => {
      const response = await request(this.connection.url + path, {
        dispatcher: this.agent,
        method,
        headers: {
          ...this.commonHeaders(),
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return readAnswer(response);
    });
  }

  /**
   * Opens a stream of server-sent events, to be read as text. Anything but such a stream is given as an answer.
   * @throws NoAnswer when the connection fails; so does the text when it is lost, or silent for too long.
   */
  async openStream(path: string, lastEventId: string): Promise<ApiResponse | AsyncIterable<string>> {
    return orNoAnswer(async () => {
      const response = await request(this.connection.url + path, {
        dispatcher: this.agent,
        bodyTimeout: SILENT_STREAM,
        headers: { ...this.commonHeaders(), accept: 'text/event-stream', 'last-event-id': lastEventId },
      });
      return response.statusCode === 200 ? textOf(response.body) : readAnswer(response);
    });
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  private commonHeaders(): { readonly [name: string]: string } {
    return { authorization: `Bearer ${this.connection.token}`, 'accept-language': 'en' };
  }
}

async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<ApiResponse> {
  return { status: statusCode, headers: singled(headers), body: jsonIn(await body.text()) };
}

async function* textOf(body: Dispatcher.ResponseData['body']): AsyncGenerator<string> {
  body.setEncoding('utf8');
  try {
    for await (const text of body) yield String(text);
  } catch (error) {
    throw isNativeError(error) ? new NoAnswer(error) : error;
  }
}

async function orNoAnswer<T>(exchange: () => Promise<T>): Promise<T> {
  try {
    return await exchange();
  } catch (error) {
    throw isNativeError(error) ? new NoAnswer(error) : error;
  }
}

function singled(headers: { [name: string]: string | string[] | undefined }): ApiResponse['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

function jsonIn(text: string): JsonValue | undefined {
  try {
    return text === '' ? undefined : (JSON.parse(text) as JsonValue);
  } catch {
    return undefined;
  }
}

/** `ECONNREFUSED` and the like; a host name with several addresses fails with one error for each. */
function codeOf(error: Error): string {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
    return 'no answer in time';
  const inner: unknown = 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error;
  const code: unknown = isNativeError(inner) && 'code' in inner ? inner.code : undefined;
  return typeof code === 'string' ? code : error.message;
}
