import type { ApiToken, Role } from '@sillage/contracts';
import { isRole } from '@sillage/contracts';
import { type CommandIdentity, fault, notPossible, Problem, type StoredEvent } from '@sillage/kernel';

/*
 * The tokens of a tenant: one stream, small, which is read whole when the process starts. That they are events says for
 * ever who gave whom which rights, and who took them away.
 */

const CREATED = 'ApiTokenCreated';
const REVOKED = 'ApiTokenRevoked';

/** A token as its events tell of it. */
export interface IssuedToken extends Omit<ApiToken, 'lastUsedAt'> {
  readonly hash: string;
  readonly createdUnder: CommandIdentity;
}

export interface TokenList {
  /** Of the stream: `NO_STREAM` while there was never a token. */
  readonly revision: number;
  /** By id, oldest first. */
  readonly tokens: ReadonlyMap<string, IssuedToken>;
}

/** What a new token is to be. */
export interface NewToken {
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly expiresAt?: string;
}

/** What a change of the list amounts to, as an event's type and data. */
export type TokenFact =
  | { readonly type: typeof CREATED; readonly data: { readonly [K in keyof NewToken]: NonNullable<NewToken[K]> } }
  | { readonly type: typeof REVOKED; readonly data: { readonly id: string } };

export function tokenStream(tenant: string): string {
  return `tokens-${tenant}`;
}

export function foldTokens(events: readonly StoredEvent[]): TokenList {
  const tokens = new Map<string, IssuedToken>();
  for (const event of events) evolve(tokens, event);
  return { revision: events.length - 1, tokens };
}

/**
 * Decides on a new token. Pure.
 * @throws Problem when it would end at once; when its command has created one before, which cannot be shown again.
 */
export function decideCreation(list: TokenList, token: NewToken, command: CommandIdentity, now: number): TokenFact {
  const twin = [...list.tokens.values()].find(({ createdUnder }) => createdUnder.commandId === command.commandId);
  if (twin !== undefined) {
    if (twin.createdUnder.fingerprint !== command.fingerprint) throw new Problem('idempotency-key-reused');
    throw new Problem('token-already-shown', { extensions: { id: twin.id } });
  }
  if (hasEnded(token, now)) throw notPossible(fault('expiresAt', 'in-the-past'));
  return { type: CREATED, data: token };
}

/** Decides on the end of a token. Pure. @throws Problem when there is none that could be revoked. */
export function decideRevocation({ tokens }: TokenList, id: string): TokenFact {
  const token = tokens.get(id);
  if (token === undefined || token.revokedAt !== undefined) throw new Problem('token-not-found');
  return { type: REVOKED, data: { id } };
}

/** Whether it is past its expiry. `now` in milliseconds since 1970, UTC. */
export function hasEnded({ expiresAt }: Pick<ApiToken, 'expiresAt'>, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now;
}

function evolve(tokens: Map<string, IssuedToken>, { type, data, metadata }: StoredEvent): void {
  const id = String(data.id);
  const { actor, at, commandId, fingerprint } = metadata;
  if (type === CREATED) {
    tokens.set(id, {
      id,
      hash: String(data.hash),
      name: String(data.name),
      roles: Array.isArray(data.roles) ? data.roles.filter(isRole) : [],
      ...(typeof data.expiresAt === 'string' ? { expiresAt: data.expiresAt } : {}),
      createdAt: at,
      createdBy: actor,
      createdUnder: { commandId, ...(fingerprint === undefined ? {} : { fingerprint }) },
    });
  }
  const token = tokens.get(id);
  if (type === REVOKED && token !== undefined) tokens.set(id, { ...token, revokedAt: at, revokedBy: actor });
}
