import type { Grant } from '@sillage/contracts';
import { Problem } from '@sillage/kernel';
import { LRUCache } from 'lru-cache';
import type { Identity } from '../edge/identity.js';
import type { Access } from './access.js';
import { type FindPeople, namesWithin } from './people.js';

/** Milliseconds for which an answer is good without asking anew. */
const FRESH_FOR = 1_000;

/** Milliseconds for which it still counts while users and teams cannot be read. */
const USABLE_FOR = 300_000;

/** Some 5 MB for people with small teams. */
const MOST_REMEMBERED = 10_000;

interface Remembered {
  readonly owners: readonly string[];
  readonly at: number;
}

export interface ReachDependencies {
  readonly peopleOf: (tenant: string) => FindPeople;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
}

/** Knows whose records somebody may see and change: by the users and teams of the views, a second old at most. */
export class Reach {
  private readonly remembered = new LRUCache<string, Remembered>({ max: MOST_REMEMBERED });
  private readonly underWay = new Map<string, Promise<readonly string[]>>();

  constructor(private readonly dependencies: ReachDependencies) {}

  /** @throws Problem `not-allowed`; `unavailable` kinds when users and teams have been out of reach for too long. */
  async access(identity: Identity, { role, scope }: Grant): Promise<Access> {
    return { role, owners: scope === 'all' ? undefined : await this.owners(identity, scope) };
  }

  private async owners(identity: Identity, scope: Exclude<Grant['scope'], 'all'>): Promise<readonly string[]> {
    const key = JSON.stringify([identity.tenant, scope, identity.actor]);
    const known = this.remembered.get(key);
    const age = known === undefined ? Number.POSITIVE_INFINITY : this.dependencies.now() - known.at;
    if (known !== undefined && age < FRESH_FOR) return known.owners;
    try {
      return await this.lookUp(key, identity, scope);
    } catch (error) {
      const isAway = error instanceof Problem && error.kind === 'unavailable';
      if (known !== undefined && isAway && age < USABLE_FOR) return known.owners;
      throw error;
    }
  }

  /** Requests that come while somebody is looked up wait for the same answer. */
  private lookUp(
    key: string,
    { tenant, actor }: Identity,
    scope: Exclude<Grant['scope'], 'all'>,
  ): Promise<readonly string[]> {
    const pending = this.underWay.get(key);
    if (pending !== undefined) return pending;
    const at = this.dependencies.now();
    const asked = namesWithin(scope, actor, this.dependencies.peopleOf(tenant))
      .then((owners) => {
        this.remembered.set(key, { owners, at });
        return owners;
      })
      .finally(() => this.underWay.delete(key));
    this.underWay.set(key, asked);
    return asked;
  }
}
