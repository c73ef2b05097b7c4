/** A request as it will be written again and again. */
export interface RequestLine {
  readonly method: 'GET' | 'POST';
  /** With its query, encoded. */
  readonly path: string;
  readonly token?: string;
  readonly body?: object;
}

/** The bytes of a request, made before the clock runs: the client shares the server's cores. */
export function encodeRequest({ method, path, token, body }: RequestLine): Buffer {
  const content = body === undefined ? '' : JSON.stringify(body);
  const headers = [
    `${method} ${path} HTTP/1.1`,
    'host: localhost',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(content)}`]),
  ];
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${content}`);
}
