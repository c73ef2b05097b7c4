import type { Schema } from '@sillage/view-store';
import { REPORT_DEFINITIONS } from './reports/reports.js';
import { ACCOUNT_TOTALS_VIEW } from './views/account-totals.js';
import { PARKED_VIEW } from './views/parked.js';
import { PROGRESS_VIEW } from './views/progress.js';
import { RECORD_VIEWS } from './views/record-views.js';

/** Everything that a store of views holds for the reporting service. */
export const REPORTING_SCHEMA: Schema = {
  views: [...Object.values(RECORD_VIEWS), ACCOUNT_TOTALS_VIEW, PARKED_VIEW, PROGRESS_VIEW],
  cubes: Object.values(REPORT_DEFINITIONS).flatMap(({ cuboids }) => cuboids.map(({ cube }) => cube)),
};
