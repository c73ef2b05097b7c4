import type { Role } from '@sillage/contracts';
import type { Answer, Api } from '../api.js';
import type { SillageForPeople } from './sillage-for-people.js';

/** Ann and Bob are in Mia's team, Zoe is not, and nobody has what has no owner. */
export const OWNERS = ['Ann', 'Bob', 'Mia', 'Zoe', undefined] as const;

export type Owner = (typeof OWNERS)[number];

/** Somebody in each role, by the subject of their tokens. */
export const SUBJECTS: { readonly [role in Role]: string } = {
  administrator: 'adam',
  manager: 'subject-of-mia',
  representative: 'subject-of-ann',
  analyst: 'anna',
  integration: 'erp',
};

/** Whose records are within each scope, for Mia as manager and Ann as representative. */
export const WITHIN = {
  none: [],
  own: ['Ann'],
  team: ['Ann', 'Bob', 'Mia'],
  all: OWNERS,
} as const satisfies { readonly [scope: string]: readonly Owner[] };

/** A tenant with users in a team, and its API as somebody in each role sees it. */
export interface Company {
  readonly tenant: string;
  readonly as: { readonly [role in Role]: Api };
  readonly teamId: string;
}

export async function foundCompany(sillage: SillageForPeople, tenant: string): Promise<Company> {
  const api = (role: Role) => sillage.as(tenant, { subject: SUBJECTS[role], roles: [role] });
  const administrator = await api('administrator');
  const mia = await created(administrator, 'users', { name: 'Mia', subject: SUBJECTS.manager });
  const { id: teamId } = await created(administrator, 'teams', { name: 'North', managerId: mia.id });
  await created(administrator, 'users', { name: 'Ann', subject: SUBJECTS.representative, teamId });
  await created(administrator, 'users', { name: 'Zoe', subject: 'subject-of-zoe' });
  const last = await administrator.post('/v1/users', { name: 'Bob', managerId: mia.id });
  await administrator.getAfter(last, '/v1/users');
  const as = {
    administrator,
    manager: await api('manager'),
    representative: await api('representative'),
    analyst: await api('analyst'),
    integration: await api('integration'),
  };
  return { tenant, as, teamId };
}

/** Creates a record, and gives it. */
export async function created(api: Api, type: string, body: object): Promise<Answer['body']> {
  const answer = await api.post(`/v1/${type}`, body);
  if (answer.status !== 201) throw new Error(`POST /v1/${type}: ${answer.text}`);
  return answer.body;
}
