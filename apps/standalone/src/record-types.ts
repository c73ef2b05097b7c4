import { account } from '@sillage/accounts';
import { client } from '@sillage/clients';
import { interaction } from '@sillage/interactions';
import type { RecordType } from '@sillage/kernel';
import { opportunity } from '@sillage/opportunities';
import { pipeline } from '@sillage/pipelines';
import { prospect } from '@sillage/prospects';

/** Every record type there is: what the read side folds along to tell whole records. */
export const RECORD_TYPES: readonly RecordType[] = [prospect, opportunity, account, client, interaction, pipeline];
