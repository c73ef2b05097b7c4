import type { ReadScope } from '../read-models.js';
import type { Report } from '../reports/report.js';
import { visibleView, withoutMembers } from './visible-view.js';

/** A report as it is to somebody from whom measures are hidden: columns and sorts know nothing of them either. Pure. */
export function visibleReport(report: Report, scope: ReadScope): Report {
  const { hidden = [] } = scope;
  if (hidden.length === 0) return report;
  const { shape, view, measures, detail } = report;
  return {
    ...report,
    shape: { ...shape, measures: withoutMembers(shape.measures, hidden) },
    view: visibleView(view, scope),
    measures: withoutMembers(measures, hidden),
    detail: detail.filter(({ name }) => !hidden.includes(name)),
  };
}
