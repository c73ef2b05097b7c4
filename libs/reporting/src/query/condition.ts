import type { Condition, Scalar } from '@sillage/view-store';

/** Whether a value meets a condition on its field or dimension; null stands for none. As stores compare; pure. */
export function meets(condition: Condition, value: Scalar | null): boolean {
  switch (condition.operator) {
    case 'in':
      return value !== null && condition.values.includes(value);
    case 'not-in':
      return value === null || !condition.values.includes(value);
    case 'exists':
      return (value !== null) === condition.value;
    case 'gt':
      return value !== null && value > condition.value;
    case 'gte':
      return value !== null && value >= condition.value;
    case 'lt':
      return value !== null && value < condition.value;
    case 'lte':
      return value !== null && value <= condition.value;
    default:
      return condition satisfies never;
  }
}
