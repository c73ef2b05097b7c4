import type { Condition } from '@sillage/view-store';
import type { ReadScope } from '../read-models.js';

/**
 * What a scope adds to the conditions that somebody gave. All conditions hold together, so that none of theirs can reach
 * further. Pure.
 */
export function ownerConditions({ owners }: ReadScope): readonly Condition[] {
  return owners === undefined ? [] : [{ field: 'owner', operator: 'in', values: owners }];
}
