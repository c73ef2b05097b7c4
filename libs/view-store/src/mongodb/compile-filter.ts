import { comparable } from '../column-values.js';
import { targetOf } from '../condition-target.js';
import { type IndexedCondition, indexedCondition } from '../indexed-condition.js';
import type { Condition, Filter } from '../query.js';
import { BEGINNINGS, isOfLength, Terms } from '../terms.js';
import { compileCondition, type Predicate } from './compile-condition.js';
import { type FieldLayout, TENANT, type ViewLayout } from './layout.js';

const TERMS = new Terms();

/** No text that begins so comes behind it. */
const LAST_CHARACTER = '\u{10ffff}';

/**
 * What records must be to match a filter. The tenant comes first, as in every index.
 * @throws QueryNotDeclared when the view has no such field, or the field no such condition.
 */
export function compileFilter({ view, fields }: ViewLayout, filter: Filter): Predicate {
  const conditions = filter.conditions.map((condition): Predicate => {
    const target = targetOf(view, condition);
    const field = fields.find(({ path }) => path === target.path);
    if (target.path === 'createdAt' || !field) return compileCondition('created', comparableInstants(condition));
    return compileIndexed(field, indexedCondition(TERMS, target, field, condition));
  });
  const all = [...conditions, ...filter.words.map(wordBeginning)];
  return {
    [TENANT]: filter.tenant,
    deleted: filter.deleted,
    ...(all.length > 0 && { $and: all }),
  };
}

function compileIndexed(field: FieldLayout, indexed: IndexedCondition): Predicate {
  switch (indexed.by) {
    case 'any-of':
      return { terms: { $in: indexed.tokens } };
    case 'none-of':
      return { terms: { $nin: indexed.tokens } };
    case 'column': {
      const column = field.columns.at(indexed.column === 'first' ? 0 : -1);
      if (!column) throw new Error(`field ${field.path} has no column`);
      return compileCondition(column.path, indexed.condition);
    }
  }
}

/** Records must have a word that begins so: one token says it of a short beginning, and a range of words of any other. */
function wordBeginning(beginning: string): Predicate {
  if (BEGINNINGS.some((length) => isOfLength(beginning, length))) return { terms: TERMS.beginning(beginning) };
  const start = TERMS.word(beginning);
  return { terms: { $elemMatch: { $gte: start, $lte: start + LAST_CHARACTER } } };
}

function comparableInstants(condition: Condition): Condition {
  switch (condition.operator) {
    case 'in':
    case 'not-in':
      return { ...condition, values: condition.values.map((value) => comparable('instant', value)) };
    case 'exists':
      return condition;
    default:
      return { ...condition, value: comparable('instant', condition.value) };
  }
}
