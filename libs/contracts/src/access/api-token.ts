import { Choices, Instant, Keyword } from '../fields/index.js';
import { ROLES, type Role } from './roles.js';

/** What a token is asked for with. */
export class ApiTokenInput {
  @Keyword({
    description: 'Whom it is for: told as the author of what is done with it',
    required: true,
    example: 'erp',
  })
  name!: string;

  @Choices(ROLES, { description: 'What it may do', required: true })
  roles!: Role[];

  @Instant({ description: 'When it ends; never unless given' })
  expiresAt?: string;
}

/** A token as it is told of to administrators. Instants are in UTC. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt?: string;
  /** To the minute. */
  readonly lastUsedAt?: string;
  readonly revokedAt?: string;
  readonly revokedBy?: string;
}

/** The answer to its creation, and the only one that has the token itself. */
export interface CreatedApiToken extends ApiToken {
  readonly token: string;
}
