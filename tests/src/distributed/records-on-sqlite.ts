import 'reflect-metadata';
import { service as accounts } from '@sillage/accounts-service';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { service as interactions } from '@sillage/interactions-service';
import { service as opportunities } from '@sillage/opportunities-service';
import { runProcess } from '@sillage/platform';
import { service as prospects } from '@sillage/prospects-service';
import { recordService } from '@sillage/service';
import { keysBeside } from './keys-on-sqlite.js';

/*
 * All services that own records, in one process: an SQLite file has one writer. Otherwise what runs in operation.
 */
const file = process.argv[2] as string;
const modules = [prospects, opportunities, accounts, interactions].flatMap((service) => service.modules);
const all = { name: 'accounts', modules, asks: [] } as const;

await runProcess(
  'records',
  recordService(all, {
    openStore: ({ lose }) => openSqliteEventStore({ file, onLoss: lose }),
    openKeys: async () => keysBeside(file),
  }),
);
