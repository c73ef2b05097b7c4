/** The messages that the reporting service takes. */
export const ReadPattern = {
  list: 'reporting.list',
  report: 'reporting.report',
  detail: 'reporting.detail',
  position: 'reporting.position',
} as const;
