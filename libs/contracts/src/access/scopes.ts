/** Whose records somebody may see or change, from nobody's to everybody's; each holds those before it. */
export const SCOPES = ['none', 'own', 'team', 'all'] as const;

export type Scope = (typeof SCOPES)[number];

/** Whether one scope holds more records than another. */
export function isWider(scope: Scope, than: Scope): boolean {
  return SCOPES.indexOf(scope) > SCOPES.indexOf(than);
}
