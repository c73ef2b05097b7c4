import type { RunningSillage } from './running-sillage.js';

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly body: any;
}

export interface Call {
  readonly body?: unknown;
  readonly raw?: string | Uint8Array;
  readonly headers?: Record<string, string>;
}

/** Calls the public API as its users do. */
export class Api {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static of(server: Pick<RunningSillage, 'url' | 'token'>): Api {
    return new Api(server.url, server.token);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('GET', path, { headers });
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', path, { ...(body === undefined ? {} : { body }), headers });
  }

  patch(path: string, body: unknown, revision: number | string): Promise<Answer> {
    return this.call('PATCH', path, { body, headers: { 'if-match': etag(revision) } });
  }

  delete(path: string, revision: number | string): Promise<Answer> {
    return this.call('DELETE', path, { headers: { 'if-match': etag(revision) } });
  }

  /** A read of the views that has seen this answer's change. */
  getAfter(answer: Answer, path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.get(path, { 'sillage-wait-for': answer.headers.get('sillage-position') ?? '0', ...headers });
  }

  async call(method: string, path: string, { body, raw, headers = {} }: Call): Promise<Answer> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content as string }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text ? JSON.parse(text) : undefined,
    };
  }
}

function etag(revision: number | string): string {
  return typeof revision === 'number' ? `"${revision}"` : revision;
}
