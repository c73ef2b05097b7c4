import { QueryNotDeclared } from '../condition-target.js';
import type { Condition } from '../query.js';
import type { Cube } from '../view.js';
import { join, raw, type Sql, sql } from './sql.js';

const COMPARISONS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/**
 * A condition on a dimension of the cells of a cube, which are a JSON array in the column `dimensions`. Their values
 * are texts, so those of the condition are compared as texts.
 * @throws QueryNotDeclared when the cube has no such dimension.
 */
export function compileCellCondition(cube: Cube, condition: Condition): Sql {
  const index = cube.dimensions.indexOf(condition.field);
  if (index < 0) throw new QueryNotDeclared(cube, `no dimension ${condition.field}`);
  const value = raw(`dimensions ->> ${index}`);
  switch (condition.operator) {
    case 'in':
      return sql`${value} IN (${texts(condition.values)})`;
    case 'not-in':
      return sql`(${value} IS NULL OR ${value} NOT IN (${texts(condition.values)}))`;
    case 'exists':
      return condition.value ? sql`${value} IS NOT NULL` : sql`${value} IS NULL`;
    default:
      return sql`${value} ${raw(COMPARISONS[condition.operator])} ${String(condition.value)}`;
  }
}

function texts(values: readonly (string | number)[]): Sql {
  return join(
    values.map((value) => sql`${String(value)}`),
    ', ',
  );
}
