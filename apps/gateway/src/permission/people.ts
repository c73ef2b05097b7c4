import type { Scope } from '@sillage/contracts';
import { type JsonObject, Problem } from '@sillage/kernel';

/** The users or teams of a tenant that have one of these values in a field, the oldest first. */
export type FindPeople = (
  type: 'users' | 'teams',
  field: string,
  values: readonly string[],
) => Promise<readonly JsonObject[]>;

/**
 * The names of those whose records are within somebody's reach, their own first.
 * @param actor Subject of their token.
 * @throws Problem `not-allowed` when the subject is the name of a user whose tokens have another one.
 */
export async function namesWithin(
  scope: Exclude<Scope, 'none' | 'all'>,
  actor: string,
  find: FindPeople,
): Promise<readonly string[]> {
  const user = await userOf(actor, find);
  if (user === undefined) return [actor];
  if (scope === 'own') return [String(user.name)];
  return [...new Set([user, ...(await teamOf(user, find))].map(({ name }) => String(name)))];
}

/** The user whose tokens have this subject; undefined when nobody has, and nobody is called so. */
async function userOf(actor: string, find: FindPeople): Promise<JsonObject | undefined> {
  const [known] = await find('users', 'subject', [actor]);
  if (known !== undefined) return known;
  const namesakes = await find('users', 'name', [actor]);
  if (namesakes.some(({ subject }) => subject !== undefined)) throw new Problem('not-allowed');
  return namesakes[0];
}

/** Who is in a user's own team, and whom they manage: themselves, as leader of a team, or through other managers. */
async function teamOf(user: JsonObject, find: FindPeople): Promise<readonly JsonObject[]> {
  const peers = typeof user.teamId === 'string' ? await find('users', 'teamId', [user.teamId]) : [];
  const managed = new Map([[user.id, user]]);
  let managers = idsOf([user]);
  while (managers.length > 0) {
    const teams = idsOf(await find('teams', 'managerId', managers));
    const found = [
      ...(await find('users', 'managerId', managers)),
      ...(teams.length === 0 ? [] : await find('users', 'teamId', teams)),
    ];
    const fresh = new Map(found.filter(({ id }) => !managed.has(id)).map((each) => [each.id, each]));
    for (const [id, each] of fresh) managed.set(id, each);
    managers = idsOf([...fresh.values()]);
  }
  return [...peers, ...managed.values()];
}

function idsOf(records: readonly JsonObject[]): readonly string[] {
  return records.map(({ id }) => String(id));
}
