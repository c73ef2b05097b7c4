import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPORTING_SCHEMA } from '@sillage/reporting';
import type { ViewBuild } from '@sillage/view-store';
import { SqliteViewBuild } from '@sillage/view-store/sqlite';

/** Views in a file of nobody's, wherever the others are kept: every store gives the same rows in the same order. */
export async function withTemporaryViews<T>(use: (views: ViewBuild) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-views-'));
  try {
    const views = await SqliteViewBuild.open(join(folder, 'views.db'), REPORTING_SCHEMA);
    try {
      return await use(views);
    } finally {
      await views.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
