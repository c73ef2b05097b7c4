import { REPORT_NAMES, type ReportName } from '@sillage/contracts';
import { ACCOUNTS_REPORT } from './accounts/accounts-report.js';
import { OPPORTUNITIES_REPORT } from './opportunities/opportunities-report.js';
import { PROSPECTS_REPORT } from './prospects/prospects-report.js';
import type { Report } from './report.js';

/** The reports of the public API. */
export const REPORT_DEFINITIONS: { readonly [name in ReportName]: Report } = {
  prospects: PROSPECTS_REPORT,
  opportunities: OPPORTUNITIES_REPORT,
  accounts: ACCOUNTS_REPORT,
};

/** The report that sums the documents of a view, if there is one. */
export const REPORT_OF_VIEW: ReadonlyMap<string, Report> = new Map(
  REPORT_NAMES.map((name) => [REPORT_DEFINITIONS[name].view.name, REPORT_DEFINITIONS[name]]),
);
