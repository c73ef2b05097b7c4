import type { Role } from '@sillage/contracts';

/** Who a token speaks for. The tenant comes from here alone. */
export interface Identity {
  readonly tenant: string;
  /** The token's subject: who is told as the author of changes. */
  readonly actor: string;
  readonly roles: readonly Role[];
}

/** Says who a bearer token speaks for. */
export interface Authenticator {
  /** Undefined for a token that is unknown, expired or forged. */
  authenticate(token: string): Promise<Identity | undefined>;
}

export const AUTHENTICATOR = Symbol('Authenticator');
