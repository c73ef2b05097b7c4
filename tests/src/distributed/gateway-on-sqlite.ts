import 'reflect-metadata';
import { MasterKeys, unsealedLog } from '@sillage/erasure';
import { openSqliteKeyReader } from '@sillage/erasure/sqlite';
import { openSqliteEventLog } from '@sillage/event-store/sqlite';
import { gateway } from '@sillage/gateway/registration';
import { requiredMasterKeys, runProcess } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import { keysFileOf } from './keys-on-sqlite.js';

/* The gateway as in operation, but reading past events from the file of the services' store. */
const file = process.argv[2] as string;

await runProcess(
  'gateway',
  gateway(async ({ environment }) =>
    unsealedLog(openSqliteEventLog(file), {
      keys: openSqliteKeyReader(keysFileOf(file)),
      masters: new MasterKeys(requiredMasterKeys(environment)),
      types: RECORD_TYPES,
      noticeWithin: 0,
    }),
  ),
);
