import { connect, type Socket } from 'node:net';

/** An answer as it came over the connection. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A connection over which a test sends what no HTTP client would. */
export class RawConnection {
  private received = Buffer.alloc(0);
  private isClosed = false;
  private notify: () => void = () => {};

  private constructor(private readonly socket: Socket) {
    const changed = (): void => this.notify();
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      changed();
    });
    // A server that refuses may close while the rest is still being sent: what it answered is what counts.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.isClosed = true;
      changed();
    });
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new RawConnection(socket);
  }

  send(bytes: string | Uint8Array): this {
    this.socket.write(bytes);
    return this;
  }

  /** The next answer; undefined when the connection is closed without one. */
  async answer(): Promise<RawAnswer | undefined> {
    for (;;) {
      const answer = this.take();
      if (answer !== undefined || this.isClosed) return answer;
      await new Promise<void>((resolve) => {
        this.notify = resolve;
      });
    }
  }

  async closed(): Promise<void> {
    while (!this.isClosed) {
      await new Promise<void>((resolve) => {
        this.notify = resolve;
      });
    }
  }

  close(): void {
    this.socket.destroy();
  }

  /** Takes one whole answer off what was received, past interim ones (1xx). */
  private take(): RawAnswer | undefined {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const [line = '', ...fields] = this.received.subarray(0, end).toString('latin1').split('\r\n');
    const status = Number(line.split(' ')[1]);
    const headers = new Headers(fields.map((field): [string, string] => splitField(field)));
    const length = status < 200 ? 0 : Number(headers.get('content-length') ?? 0);
    const whole = end + 4 + length;
    if (this.received.length < whole) return undefined;
    const text = this.received.subarray(end + 4, whole).toString();
    this.received = this.received.subarray(whole);
    return status < 200 ? this.take() : { status, headers, text };
  }
}

/** Sends something on a connection of its own; gives the first answer to it. */
export async function exchange(url: string, bytes: string | Uint8Array): Promise<RawAnswer | undefined> {
  const connection = await RawConnection.open(url);
  try {
    return await connection.send(bytes).answer();
  } finally {
    connection.close();
  }
}

function splitField(field: string): [string, string] {
  const colon = field.indexOf(':');
  return [field.slice(0, colon), field.slice(colon + 1).trim()];
}
