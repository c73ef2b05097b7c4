import 'reflect-metadata';
import { openSqliteEventLog } from '@sillage/event-store/sqlite';
import { gateway } from '@sillage/gateway/registration';
import { runProcess } from '@sillage/platform';

/* The gateway as in operation, but reading past events from the file of the services' store. */
const file = process.argv[2] as string;

await runProcess(
  'gateway',
  gateway(async () => openSqliteEventLog(file)),
);
