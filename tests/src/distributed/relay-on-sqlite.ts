import 'reflect-metadata';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { runProcess } from '@sillage/platform';
import { relayProcess } from '@sillage/relay-service';
import { keysBeside } from './keys-on-sqlite.js';

/* The relay as in operation, but reading from the file of the services' store. */
const [file = ''] = process.argv.slice(2);

/** Milliseconds: a test cannot wait as long for the next relay as operation can. */
const sessionTimeout = 2_000;

await runProcess(
  'relay',
  relayProcess({
    openers: {
      openStore: ({ lose }) => openSqliteEventStore({ file, onLoss: lose, pollInterval: 20 }),
      openKeys: async () => keysBeside(file),
    },
    sessionTimeout,
  }),
);
