/**
 * The expression by which FTS5 matches rows (https://sqlite.org/fts5.html, section 3), built token by token. Every token
 * is quoted, so none can become an operator.
 */
export class MatchExpression {
  readonly #parts: string[] = [];
  readonly #excluded: string[] = [];
  #matchesNothing = false;

  /** `everything` is the token that all rows have: an expression cannot consist of exclusions alone. */
  constructor(readonly everything: string) {}

  /** Rows must have one of the tokens, among other things. */
  anyOf(tokens: readonly string[]): void {
    if (tokens.length === 0) this.#matchesNothing = true;
    else this.#parts.push(alternatives(tokens));
  }

  /** Rows must have a token that begins so. Of many such rows FTS5 collects all before it gives the first. */
  beginningWith(start: string): void {
    this.#parts.push(`${quoted(start)} *`);
  }

  /** Rows must have none of the tokens. */
  noneOf(tokens: readonly string[]): void {
    this.#excluded.push(...tokens);
  }

  get matchesNothing(): boolean {
    return this.#matchesNothing;
  }

  get matchesEverything(): boolean {
    return !this.#matchesNothing && this.#parts.length === 0 && this.#excluded.length === 0;
  }

  toString(): string {
    const parts = this.#parts.length === 0 ? quoted(this.everything) : this.#parts.join(' AND ');
    // One exclusion, however many tokens it has: FTS5 refuses more than 256 in a row.
    return this.#excluded.length === 0 ? parts : `(${parts}) NOT ${alternatives(this.#excluded)}`;
  }
}

function alternatives(tokens: readonly string[]): string {
  const quotedTokens = tokens.map(quoted);
  return quotedTokens.length === 1 ? quotedTokens.join() : `(${quotedTokens.join(' OR ')})`;
}

function quoted(token: string): string {
  return `"${token.replaceAll('"', '""')}"`;
}
