import { type CommandContext, newId, Problem } from '@sillage/kernel';
import type { Erasure, KeyStore } from '../key-store.js';
import type { Forgetting } from './forgetting.js';

export interface LedgerOptions {
  readonly keys: Pick<KeyStore, 'erasures'>;
  readonly forgetting: Forgetting;
  /** Plural name of the type whose records are the persons. */
  readonly plural: string;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
}

/** Milliseconds for one person. */
const TIME_TO_FORGET = 8_000;

/**
 * Forgets again who is in the ledger and was not forgotten to the end, or is back because a backup was restored. Gives
 * how many these were. A person who is in the ledger only, because the events were restored to before their time, is left
 * out.
 */
export async function applyLedger({ keys, forgetting, plural, now }: LedgerOptions): Promise<number> {
  let forgotten = 0;
  for (const { tenant, person, by } of await keys.erasures()) {
    const [type, id = ''] = person.split('/');
    if (type !== plural || (await isDone(forgetting, tenant, id))) continue;
    await forgetting.forget(contextOf({ tenant, by }, now), id);
    forgotten += 1;
  }
  return forgotten;
}

async function isDone(forgetting: Forgetting, tenant: string, id: string): Promise<boolean> {
  try {
    return await forgetting.isDone(tenant, id);
  } catch (error) {
    if (error instanceof Problem && error.code === 'record-not-found') return true;
    throw error;
  }
}

function contextOf({ tenant, by }: Pick<Erasure, 'tenant' | 'by'>, now: () => number): CommandContext {
  return { tenant, actor: by, correlationId: newId(), deadline: now() + TIME_TO_FORGET };
}
