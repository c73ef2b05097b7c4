import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import type { EventStore } from '@sillage/event-store';
import type { EventsTopic } from '../events-topic.js';
import { openTopicOfTest } from './on-kafka.js';

export interface StoreAndTopicOptions {
  readonly partitions: number;
  /** Opens a store in an empty folder. */
  readonly openStore: (folder: string) => Promise<EventStore>;
}

/** Gives each test of the block that it is made in a store and a topic of its own. */
export class StoreAndTopic {
  private opened: { readonly folder: string; readonly store: EventStore; readonly topic: EventsTopic } | undefined;

  constructor({ partitions, openStore }: StoreAndTopicOptions) {
    beforeEach(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sillage-topic-'));
      const store = await openStore(folder);
      this.opened = { folder, store, topic: await openTopicOfTest({ partitions }) };
    });
    afterEach(async () => {
      const { folder, store, topic } = this.current;
      await topic.close();
      await store.close();
      await rm(folder, { recursive: true });
    });
  }

  get store(): EventStore {
    return this.current.store;
  }

  get topic(): EventsTopic {
    return this.current.topic;
  }

  private get current() {
    if (this.opened === undefined) throw new Error('there are a store and a topic only while a test runs');
    return this.opened;
  }
}
