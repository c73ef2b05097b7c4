import type { ApiToken, CreatedApiToken } from '@sillage/contracts';
import {
  type Appended,
  appendOnce,
  type CommandContext,
  type CommandIdentity,
  derivedId,
  type NewEvent,
  newId,
  retrying,
  type Streams,
} from '@sillage/kernel';
import type { Authenticator, Identity } from '../../edge/identity.js';
import {
  decideCreation,
  decideRevocation,
  foldTokens,
  hasEnded,
  type IssuedToken,
  type NewToken,
  type TokenFact,
  type TokenList,
  tokenStream,
} from './token-list.js';
import { isTokenText, newTokenText, tokenHash } from './token-text.js';
import type { TokenUses } from './token-uses.js';

export const API_TOKENS = Symbol('ApiTokens');

export interface ApiTokensDependencies {
  readonly tenant: string;
  readonly streams: Streams;
  readonly uses: TokenUses;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
}

/** What a token is asked for with. */
export type TokenWish = CommandIdentity & Omit<NewToken, 'id' | 'hash'>;

/**
 * The tokens that Sillage gives out to a tenant. They are events; all of them are held in memory, by their hashes, so
 * that to know one costs no look at the disk, and none is taken that was revoked. That holds as long as nobody else
 * writes the stream: the embedded profile has one process.
 */
export class ApiTokens implements Authenticator {
  private list: TokenList = foldTokens([]);
  /** Those that are not revoked. */
  private byHash: ReadonlyMap<string, IssuedToken> = new Map();

  private constructor(private readonly dependencies: ApiTokensDependencies) {}

  static async open(dependencies: ApiTokensDependencies): Promise<ApiTokens> {
    const tokens = new ApiTokens(dependencies);
    await tokens.read();
    return tokens;
  }

  async authenticate(text: string): Promise<Identity | undefined> {
    const token = isTokenText(text) ? this.byHash.get(tokenHash(text)) : undefined;
    const { tenant, uses, now } = this.dependencies;
    if (token === undefined || hasEnded(token, now())) return undefined;
    uses.note(token.id, now());
    return { tenant, actor: token.name, roles: token.roles };
  }

  /** Those that are revoked, or those that are not, oldest first. */
  all(which: { readonly revoked: boolean }): readonly ApiToken[] {
    const tokens = [...this.list.tokens.values()];
    return tokens
      .filter(({ revokedAt }) => (revokedAt !== undefined) === which.revoked)
      .map((token) => this.told(token));
  }

  /** @throws Problem when it cannot be, or was before. */
  async create(
    context: CommandContext,
    { commandId, fingerprint, ...wish }: TokenWish,
  ): Promise<Appended & { readonly created: CreatedApiToken }> {
    const command = { commandId, ...(fingerprint === undefined ? {} : { fingerprint }) };
    const token = newTokenText();
    const id = newId();
    const fact = { ...wish, id, hash: tokenHash(token) };
    const appended = await this.change(context, command, (list) =>
      decideCreation(list, fact, command, this.dependencies.now()),
    );
    const issued = this.list.tokens.get(id);
    if (issued === undefined) throw new Error('a token that was created is not in the list');
    return { ...appended, created: { ...this.told(issued), token } };
  }

  /** From its end on the token is not taken any more. @throws Problem `token-not-found`. */
  revoke(context: CommandContext, id: string): Promise<Appended> {
    return this.change(context, { commandId: newId() }, (list) => decideRevocation(list, id));
  }

  private change(
    context: CommandContext,
    command: CommandIdentity,
    decide: (list: TokenList) => TokenFact,
  ): Promise<Appended> {
    const { streams, now } = this.dependencies;
    const stream = tokenStream(context.tenant);
    return retrying(context.deadline, now, async () => {
      const event = this.event(stream, context, command, decide(this.list));
      const to = { stream, expected: this.list.revision, deadline: context.deadline, now };
      const appended = await appendOnce(streams, to, [event]);
      // Also when another change was faster: that is what the next attempt decides on.
      await this.read();
      return appended;
    });
  }

  private event(
    stream: string,
    { tenant, actor, correlationId }: CommandContext,
    { commandId, fingerprint }: CommandIdentity,
    { type, data }: TokenFact,
  ): NewEvent {
    const at = new Date(this.dependencies.now()).toISOString();
    const identity = { commandId, ...(fingerprint === undefined ? {} : { fingerprint }) };
    const metadata = { tenant, actor, at, ...identity, correlationId, causationId: commandId, version: 1 };
    // With the token's id: two requests under one key at the same moment must not be taken for one, since each has a
    // token of its own to show.
    return { id: derivedId(stream, commandId, data.id), type, data, metadata };
  }

  private async read(): Promise<void> {
    const list = foldTokens(await this.dependencies.streams.read(tokenStream(this.dependencies.tenant)));
    // Reads that overlap may end in any order.
    if (list.revision < this.list.revision) return;
    this.list = list;
    const good = [...list.tokens.values()].filter(({ revokedAt }) => revokedAt === undefined);
    this.byHash = new Map(good.map((token) => [token.hash, token]));
  }

  private told({ hash: _hash, createdUnder: _createdUnder, ...token }: IssuedToken): ApiToken {
    const lastUsedAt = this.dependencies.uses.lastUse(token.id);
    return { ...token, ...(lastUsedAt === undefined ? {} : { lastUsedAt }) };
  }
}

/** Knows the tokens that Sillage gives out, and leaves every other to `others`. */
export function withApiTokens(tokens: ApiTokens, others: Authenticator): Authenticator {
  return { authenticate: (text) => (isTokenText(text) ? tokens : others).authenticate(text) };
}
