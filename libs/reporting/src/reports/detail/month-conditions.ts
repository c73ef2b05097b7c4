import type { Condition } from '@sillage/view-store';

/**
 * What a condition on months says of the dates or instants that they are the months of. It may say less (`not-in` says
 * nothing, several months the span from first to last): what is found is judged by its month again.
 */
export function monthConditions(condition: Condition, field: string, kind: 'date' | 'instant'): readonly Condition[] {
  const first = (month: string) => `${month}-01${kind === 'instant' ? 'T00:00:00.000Z' : ''}`;
  const last = (month: string) => `${month}-${lastDay(month)}${kind === 'instant' ? 'T23:59:59.999Z' : ''}`;
  switch (condition.operator) {
    case 'in': {
      const months = condition.values.map(String).sort();
      return [
        { field, operator: 'gte', value: first(months[0] ?? '') },
        { field, operator: 'lte', value: last(months.at(-1) ?? '') },
      ];
    }
    case 'not-in':
      return [];
    case 'gte':
    case 'lt':
      return [{ field, operator: condition.operator, value: first(String(condition.value)) }];
    case 'gt':
    case 'lte':
      return [{ field, operator: condition.operator, value: last(String(condition.value)) }];
    case 'exists':
      return [{ ...condition, field }];
    default:
      return condition satisfies never;
  }
}

/** Of a month of the proleptic Gregorian calendar, as `YYYY-MM`. */
function lastDay(month: string): string {
  const date = new Date(`${month}-01T00:00:00.000Z`);
  date.setUTCMonth(date.getUTCMonth() + 1, 0);
  return String(date.getUTCDate()).padStart(2, '0');
}
