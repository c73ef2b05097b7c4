const HEAD_END = '\r\n\r\n';

export interface Answer {
  readonly status: number;
  /** Put together when asked for: most bodies are only counted. */
  body(): string;
}

/** What came was no answer that this client understands. */
export class UnreadableAnswer extends Error {}

/**
 * Cuts what a keep-alive connection brings into answers (RFC 9112), one request at a time. Knows only bodies whose
 * length is told: every answer that is measured here has one, and an answer without is refused, not guessed at.
 */
export class AnswerReader {
  private head: Buffer | undefined;
  private body: Buffer[] = [];
  private status = 0;
  /** Bytes of the body that have not come yet; undefined until the head is complete. */
  private missing: number | undefined;

  /**
   * Takes the next bytes. Gives the answer when they complete it.
   * @throws UnreadableAnswer
   */
  push(chunk: Buffer): Answer | undefined {
    const content = this.missing === undefined ? this.readHead(chunk) : chunk;
    if (content === undefined || this.missing === undefined) return undefined;
    this.missing -= content.length;
    if (content.length > 0) this.body.push(content);
    if (this.missing > 0) return undefined;
    if (this.missing < 0) throw new UnreadableAnswer('more came than was asked for');
    return this.finish();
  }

  /** Gives what follows the head in these bytes. */
  private readHead(chunk: Buffer): Buffer | undefined {
    const bytes = this.head === undefined ? chunk : Buffer.concat([this.head, chunk]);
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) {
      this.head = bytes;
      return undefined;
    }
    const head = bytes.toString('latin1', 0, end);
    const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (status === undefined || length === undefined)
      throw new UnreadableAnswer(`unreadable head: ${head.slice(0, 80)}`);
    this.head = undefined;
    this.status = Number(status);
    this.missing = Number(length);
    return bytes.subarray(end + HEAD_END.length);
  }

  private finish(): Answer {
    const { status, body } = this;
    this.body = [];
    this.missing = undefined;
    return { status, body: () => Buffer.concat(body).toString() };
  }
}
