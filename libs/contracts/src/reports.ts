/** What a report's measure is: a number of records, a quotient of two, or money by currency. */
export type MeasureKind = 'count' | 'rate' | 'money';

export interface ReportShape {
  readonly dimensions: readonly string[];
  readonly measures: { readonly [measure: string]: MeasureKind };
  /** The columns of `detail=true`, in order. */
  readonly detail: readonly string[];
}

/** The reports of the public API. */
export const REPORTS = {
  prospects: {
    dimensions: ['source', 'stage', 'owner', 'createdMonth'],
    measures: { count: 'count', converted: 'count', conversionRate: 'rate' },
    detail: ['name', 'company', 'source', 'stage', 'owner'],
  },
  opportunities: {
    dimensions: [
      'stage',
      'owner',
      'account',
      'client',
      'source',
      'pipeline',
      'expectedCloseMonth',
      'closedMonth',
      'currency',
    ],
    measures: {
      count: 'count',
      amount: 'money',
      averageAmount: 'money',
      weightedAmount: 'money',
      won: 'count',
      lost: 'count',
      wonAmount: 'money',
      winRate: 'rate',
    },
    detail: ['name', 'amount', 'currency', 'stage', 'account', 'client', 'owner', 'expectedCloseDate', 'closedAt'],
  },
  accounts: {
    dimensions: ['industry', 'owner', 'account'],
    measures: {
      count: 'count',
      annualRevenue: 'money',
      wonAmount: 'money',
      openAmount: 'money',
      opportunities: 'count',
    },
    detail: ['name', 'industry', 'annualRevenue', 'wonAmount', 'openAmount', 'owner'],
  },
} as const satisfies { [name: string]: ReportShape };

export type ReportName = keyof typeof REPORTS;

export const REPORT_NAMES = Object.keys(REPORTS) as readonly ReportName[];
