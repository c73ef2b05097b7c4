import { account } from '@sillage/accounts/domain';
import { client } from '@sillage/clients/domain';
import { interaction } from '@sillage/interactions/domain';
import type { RecordType } from '@sillage/kernel';
import { opportunity } from '@sillage/opportunities/domain';
import { team, user } from '@sillage/people/domain';
import { pipeline } from '@sillage/pipelines/domain';
import { prospect } from '@sillage/prospects/domain';

/** Every record type there is: what the read side folds along to tell whole records. */
export const RECORD_TYPES: readonly RecordType[] = [
  prospect,
  opportunity,
  account,
  client,
  interaction,
  pipeline,
  user,
  team,
];
