import 'reflect-metadata';
import { service as accounts } from '@sillage/accounts-service';
import { MasterKeys, sealedStore } from '@sillage/erasure';
import { openSqliteKeyStore } from '@sillage/erasure/sqlite';
import { Publisher } from '@sillage/event-feed';
import { LogEventFeed } from '@sillage/event-feed/in-process';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { service as interactions } from '@sillage/interactions-service';
import { Messages, recordPorts } from '@sillage/messaging';
import { TcpClient } from '@sillage/messaging/tcp';
import { service as opportunities } from '@sillage/opportunities-service';
import { requiredMasterKeys, runProcess } from '@sillage/platform';
import { service as prospects } from '@sillage/prospects-service';
import { RECORD_TYPES } from '@sillage/record-types';
import { logNotice, projectWholeLog, REPORTING_SCHEMA, ServingViews, type ViewsNotice } from '@sillage/reporting';
import { READ_MODELS, ReportingModule } from '@sillage/reporting/service';
import { messageServer, serveMessages } from '@sillage/service';
import { SqliteGenerations } from '@sillage/view-store/sqlite';
import { keysFileOf } from '../distributed/keys-on-sqlite.js';

/*
 * All services in one process, behind the messages of the distributed profile, over files of SQLite: what a gateway
 * needs to let people of several tenants and roles in, without servers.
 */
const [eventsFile, viewsDirectory] = process.argv.slice(2) as [string, string];
const modules = [prospects, opportunities, accounts, interactions].flatMap((service) => service.modules);

await runProcess('services', async (host) => {
  const { environment, logger, lose, observer, shutdown } = host;
  const server = messageServer(host);
  const stored = await openSqliteEventStore({ file: eventsFile, onLoss: lose });
  shutdown.add('stores', 'the event store', () => stored.close());
  const keys = openSqliteKeyStore(keysFileOf(eventsFile));
  shutdown.add('stores', 'the keys', () => keys.close());
  const masters = new MasterKeys(requiredMasterKeys(environment));
  const store = sealedStore(stored, { keys, masters, types: RECORD_TYPES, noticeWithin: 0 });
  const log = (notice: ViewsNotice) => logNotice(logger, notice);
  const feed = new LogEventFeed(store, new Publisher(RECORD_TYPES, store));
  const views = await ServingViews.open({
    generations: new SqliteGenerations(viewsDirectory, REPORTING_SCHEMA),
    project: projectWholeLog({ feed, log }),
    keepFor: 0,
    log,
    onLoss: (reason) => lose(new Error('the views can be served no more', { cause: reason })),
  });
  shutdown.add('consumers', 'the projector', () => views.close());
  const client = new TcpClient({ services: {}, own: server, observer });
  shutdown.add('consumers', 'connections', async () => client.close());
  const providers = [
    ...recordPorts({ streams: store, store, keys, messages: new Messages(client) }),
    { provide: READ_MODELS, useValue: views },
  ];
  const address = await serveMessages(host, server, { modules: [...modules, ReportingModule], providers });
  return [`Sillage services are ready at ${address}`];
});
