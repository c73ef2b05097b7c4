/** What somebody may be in a tenant: what each role may do is said by docs/access.md. */
export const ROLES = ['administrator', 'manager', 'representative', 'analyst', 'integration'] as const;

export type Role = (typeof ROLES)[number];

export function isRole(name: unknown): name is Role {
  return ROLES.some((role) => role === name);
}
