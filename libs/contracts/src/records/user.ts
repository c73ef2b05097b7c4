import { Email, Keyword, Reference } from '../fields/index.js';
import { CommonInput } from './common.js';

export class UserInput extends CommonInput {
  @Keyword({
    description: 'Name: the `owner` of records that bear it',
    required: true,
    sortable: true,
    searched: true,
    example: 'camille.durand',
  })
  name!: string;

  @Email({ description: 'E-mail address', searched: true })
  email?: string;

  @Keyword({ description: "Whose tokens are theirs: the token's `sub`; the name unless given" })
  subject?: string;

  @Reference('teams', { description: 'Team' })
  teamId?: string;

  @Reference('users', { description: 'The user who manages them' })
  managerId?: string;
}
