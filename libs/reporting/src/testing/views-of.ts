import type { ViewStore } from '@sillage/view-store';
import { ViewWriter } from '../projector/view-writer.js';
import type { Parameter } from '../read-models.js';
import { ReportingReadModels } from '../reporting-read-models.js';
import { REPORTING_SCHEMA } from '../schema.js';
import { InMemoryViewStore } from './in-memory-view-store.js';
import type { TestLog } from './test-log.js';

/** The views of a log, and the read models over them. */
export interface Views {
  readonly store: ViewStore;
  readonly models: ReportingReadModels;
}

/** Folds a whole log into a store of views. */
export async function viewsOf(
  log: TestLog,
  store: ViewStore = new InMemoryViewStore(REPORTING_SCHEMA),
): Promise<Views> {
  const writer = await ViewWriter.open(store, 0);
  for (const batch of log.batches(50)) for await (const _ of writer.write(batch));
  const { position } = writer;
  const progress = { waitFor: async (_: string, wanted: number) => wanted <= position };
  return { store, models: new ReportingReadModels(store, progress) };
}

/** The parameters of a query string. */
export function parameters(query: string): readonly Parameter[] {
  return [...new URLSearchParams(query)];
}
