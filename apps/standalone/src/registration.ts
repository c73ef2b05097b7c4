import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AccountsModule } from '@sillage/accounts';
import { ClientsModule } from '@sillage/clients';
import { type KeyStore, KeysNotOpened, MasterKeys, type SealedStore, sealedStore } from '@sillage/erasure';
import { openSqliteKeyStore } from '@sillage/erasure/sqlite';
import { Publisher } from '@sillage/event-feed';
import { type EventStore, EventStoreError } from '@sillage/event-store';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import {
  API_TOKENS,
  ApiTokens,
  AUTHENTICATOR,
  type Authenticator,
  EVENT_LOG,
  GatewayModule,
  ONLY_TENANT,
  oneToken,
  READINESS,
  withApiTokens,
} from '@sillage/gateway';
import { InteractionsModule } from '@sillage/interactions';
import { Messages, recordPorts } from '@sillage/messaging';
import { InProcessClient, InProcessServer } from '@sillage/messaging/in-process';
import { OpportunitiesModule } from '@sillage/opportunities';
import { PeopleModule } from '@sillage/people';
import { PipelinesModule } from '@sillage/pipelines';
import { type Host, observedStreams, StartupError } from '@sillage/platform';
import { ProspectsModule } from '@sillage/prospects';
import { RECORD_TYPES } from '@sillage/record-types';
import { READ_MODELS, ReportingModule } from '@sillage/reporting/service';
import { adminToken } from './data/admin-token.js';
import type { DataDirectory } from './data/data-directory.js';
import { dataMasterKeys } from './data/master-key.js';
import { FileTokenUses } from './data/token-uses.js';
import { startViewsThread, type ViewsThread } from './views/views-thread.js';

/** The embedded profile's adapters, open. */
export interface Adapters {
  readonly store: SealedStore;
  readonly keys: KeyStore;
  readonly views: ViewsThread;
  readonly tokens: ApiTokens;
  /** Knows those, and the administrator's, which is in the data directory. */
  readonly authenticator: Authenticator;
  readonly transport: InProcessServer;
  close(): Promise<void>;
}

/**
 * The process is lost with the writer of the store, and with the thread of the views.
 * @throws StartupError when the store or its keys cannot be opened.
 */
export async function openAdapters(
  directory: DataDirectory,
  { environment, observer, logger, lose }: Host,
): Promise<Adapters> {
  const onLoss = (error: Error) => lose(error);
  const masterKeys = dataMasterKeys(directory, environment);
  const keys = openKeys(directory.keysFile);
  const stored = await openStore(directory.eventsFile, onLoss);
  const views = startViewsThread(directory, masterKeys, onLoss);
  const masters = new MasterKeys(masterKeys);
  const store = sealedStore(stored, { keys, masters, types: RECORD_TYPES, noticeWithin: 0 });
  const uses = new FileTokenUses(directory.tokenUsesFile, logger);
  const tokens = await ApiTokens.open({ tenant: ONLY_TENANT, streams: store, uses, now: Date.now });
  return {
    store,
    keys,
    views,
    tokens,
    authenticator: withApiTokens(tokens, oneToken(adminToken(directory.adminTokenFile))),
    transport: new InProcessServer(observer),
    close: async () => {
      await uses.close();
      await views.close();
      await stored.close();
      await keys.close();
    },
  };
}

async function openStore(file: string, onLoss: (error: Error) => void): Promise<EventStore> {
  try {
    return await openSqliteEventStore({ file, onLoss });
  } catch (error) {
    if (error instanceof EventStoreError) throw new StartupError(error.message, { cause: error });
    throw error;
  }
}

function openKeys(file: string): KeyStore {
  try {
    return openSqliteKeyStore(file);
  } catch (error) {
    if (error instanceof KeysNotOpened) throw new StartupError(error.message, { cause: error });
    throw error;
  }
}

/** All services in one process: the one place that says which adapter stands behind which port. */
export function standaloneModule(
  { store, keys, views, tokens, authenticator, transport }: Adapters,
  { metrics, readiness }: Host,
): DynamicModule {
  const messages = new Messages(new InProcessClient(transport));
  readiness.check('views', () => views.isReady());
  const ports = [
    ...recordPorts({ streams: observedStreams(store, metrics), store, keys, messages }),
    { provide: EVENT_LOG, useValue: store },
    { provide: Publisher, useValue: new Publisher(RECORD_TYPES, store) },
    { provide: READ_MODELS, useValue: views.readModels },
    { provide: API_TOKENS, useValue: tokens },
    { provide: AUTHENTICATOR, useValue: authenticator },
    { provide: READINESS, useValue: readiness },
  ];

  @Global()
  @Module({ providers: ports, exports: ports })
  class Ports {}

  @Module({
    imports: [
      Ports,
      GatewayModule,
      ProspectsModule,
      OpportunitiesModule,
      PipelinesModule,
      AccountsModule,
      ClientsModule,
      InteractionsModule,
      PeopleModule,
      ReportingModule,
    ],
  })
  class Standalone {}

  return { module: Standalone };
}
