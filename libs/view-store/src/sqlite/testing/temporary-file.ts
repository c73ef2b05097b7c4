import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';

/** Gives each test of the block a path of its own in a new folder, which is removed afterwards. */
export class TemporaryFile {
  #folder = '';

  constructor() {
    beforeEach(() => {
      this.#folder = mkdtempSync(join(tmpdir(), 'sillage-views-'));
    });
    afterEach(() => rmSync(this.#folder, { recursive: true }));
  }

  get path(): string {
    return join(this.#folder, 'views.db');
  }
}
