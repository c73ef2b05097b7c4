import { Keyword, Reference } from '../fields/index.js';
import { CommonInput } from './common.js';

export class TeamInput extends CommonInput {
  @Keyword({ description: 'Name', required: true, sortable: true, searched: true, example: 'South-West' })
  name!: string;

  @Reference('users', { description: 'The user who leads it' })
  managerId?: string;
}
