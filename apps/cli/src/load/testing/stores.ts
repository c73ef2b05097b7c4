import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import type { EventStore } from '@sillage/event-store';

/** Opens a store in a file; given by the spec, which may choose an adapter. */
export type OpenStore = (file: string) => Promise<EventStore>;

/** Gives each test a folder, and stores in it that are closed at the end. */
export class StoresOfTest {
  private folder = '';
  private readonly open: EventStore[] = [];

  constructor(private readonly openStore: OpenStore) {
    beforeEach(async () => {
      this.folder = await mkdtemp(join(tmpdir(), 'sillage-load-'));
    });
    afterEach(async () => {
      for (const store of this.open.splice(0)) await store.close();
      await rm(this.folder, { recursive: true });
    });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async store(name: string): Promise<EventStore> {
    const store = await this.openStore(this.path(`${name}.db`));
    this.open.push(store);
    return store;
  }
}
