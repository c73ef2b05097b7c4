import type { IndexValues } from '../index-values.js';
import { Terms, tokensOf } from '../terms.js';
import type { ViewLayout } from './layout.js';

/**
 * The tokens of the full-text index, which has no columns to tell tenants apart by. Each begins with the tenant and
 * whether the document is deleted, so that nothing that is read for one tenant ever touches another's:
 *
 *     3:      every document  (`3-` every deleted one; `3` is the tenant's number)
 *     3:jane  a word          (and so on, see `terms.ts`)
 */
export class TenantTerms extends Terms {
  constructor(tenant: number, deleted: boolean) {
    super(`${tenant.toString(36)}${deleted ? '-' : ':'}`);
  }

  get everything(): string {
    return this.prefix;
  }
}

/** The tokenizer of SQLite that takes what is written here as it is, and splits at spaces. */
export const TOKENIZER = `ascii tokenchars '-:<=.?!%@_'`;

/** All tokens of a document, with spaces between. */
export function tokenText({ fields }: ViewLayout, terms: TenantTerms, indexed: IndexValues): string {
  const tokens = tokensOf(fields, terms, indexed);
  tokens.push(terms.everything);
  return tokens.join(' ');
}
