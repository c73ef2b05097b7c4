import { QueryNotDeclared } from '../condition-target.js';
import type { Condition } from '../query.js';
import type { Cube } from '../view.js';

/*
 * Conditions as MongoDB's query language has them. A value from outside always stands behind an operator of ours, as a
 * text or a number, so that it never becomes an operator itself.
 */

export type Predicate = { readonly [path: string]: unknown };

/** A condition on a path whose values compare as those of the condition do; a missing value is null or is not there. */
export function compileCondition(path: string, condition: Condition): Predicate {
  switch (condition.operator) {
    case 'in':
      return { [path]: { $in: condition.values } };
    case 'not-in':
      return { [path]: { $nin: condition.values } };
    case 'exists':
      return { [path]: condition.value ? { $ne: null } : { $eq: null } };
    default:
      // Values compare with those of their own type only, so a missing one meets no comparison.
      return { [path]: { [`$${condition.operator}`]: condition.value } };
  }
}

/**
 * A condition on a dimension of the cells of a cube. Their values are texts, so those of the condition are compared as
 * texts.
 * @throws QueryNotDeclared when the cube has no such dimension.
 */
export function compileCellCondition(cube: Cube, condition: Condition): Predicate {
  const index = cube.dimensions.indexOf(condition.field);
  if (index < 0) throw new QueryNotDeclared(cube, `no dimension ${condition.field}`);
  return compileCondition(`dimensions.${index}`, ofTexts(condition));
}

function ofTexts(condition: Condition): Condition {
  switch (condition.operator) {
    case 'in':
    case 'not-in':
      return { ...condition, values: condition.values.map(String) };
    case 'exists':
      return condition;
    default:
      return { ...condition, value: String(condition.value) };
  }
}
