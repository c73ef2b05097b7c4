import type { RecordTypeName } from '../records/index.js';
import type { ReportName } from '../reports.js';
import type { Role } from './roles.js';

/** Where fields are hidden: in records of a type, or in a report. */
export type Shown = RecordTypeName | `reports/${ReportName}`;

/** Sums over the opportunities of an account, whoever has them. */
const SUMS_OF_OTHERS = ['opportunities', 'wonAmount', 'openAmount'];

/**
 * What somebody in a role does not see: for them these fields are unknown, in answers, filters, sorts and bodies alike.
 * An account's sums are hidden from those who may not see all opportunities: they would tell of other people's.
 */
export const HIDDEN_FIELDS: { readonly [role in Role]: { readonly [shown in Shown]?: readonly string[] } } = {
  administrator: {},
  manager: { 'reports/accounts': SUMS_OF_OTHERS },
  representative: { accounts: ['annualRevenue'], 'reports/accounts': ['annualRevenue', ...SUMS_OF_OTHERS] },
  analyst: {},
  integration: {},
};
