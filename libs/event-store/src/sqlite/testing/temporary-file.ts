import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';

/** Gives each test of the block that it is made in a folder of its own, removed afterwards. */
export class TemporaryFile {
  #folder = '';

  constructor() {
    beforeEach(async () => {
      this.#folder = await mkdtemp(join(tmpdir(), 'sillage-event-store-'));
    });
    afterEach(() => rm(this.#folder, { recursive: true }));
  }

  /** Of a database that does not exist yet. */
  get path(): string {
    return join(this.#folder, 'events.db');
  }
}
