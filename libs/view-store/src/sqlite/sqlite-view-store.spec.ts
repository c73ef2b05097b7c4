import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { viewStoreContract } from '../testing/index.js';
import { openSqliteViewStore } from './index.js';

viewStoreContract('SQLite', async (schema) => {
  const folder = await mkdtemp(join(tmpdir(), 'sillage-view-store-'));
  return {
    open: async () => openSqliteViewStore({ file: join(folder, 'views.db'), schema }),
    remove: () => rm(folder, { recursive: true }),
  };
});
