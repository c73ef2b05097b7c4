import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { Schema, ViewStore } from '@sillage/view-store';
import { REPORTING_SCHEMA } from '../schema.js';
import { InMemoryViewStore } from './in-memory-view-store.js';

/** A way to keep views, for specifications that hold on each: a new empty store with every call. */
export interface StoreKind {
  readonly kind: string;
  /** How many generated cases are tried: many where they are fast. */
  readonly numRuns: number;
  readonly open: () => ViewStore;
}

/** The plain one in memory, and the one in a file. The files are gone after the tests. */
export function storeKinds(
  openFile: (options: { readonly file: string; readonly schema: Schema }) => ViewStore,
): readonly StoreKind[] {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-views-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let files = 0;
  const inFile = () => {
    files += 1;
    return openFile({ file: join(folder, String(files)), schema: REPORTING_SCHEMA });
  };
  return [
    { kind: 'in memory', numRuns: 300, open: () => new InMemoryViewStore(REPORTING_SCHEMA) },
    { kind: 'on SQLite', numRuns: 15, open: inFile },
  ];
}
