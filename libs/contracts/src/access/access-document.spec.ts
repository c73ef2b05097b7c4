import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { ACCESS_TABLE, type AccessRow } from './access-table.js';
import { HIDDEN_FIELDS } from './hidden-fields.js';
import { ROLES } from './roles.js';

const page = readFileSync(new URL('../../../../docs/access.md', import.meta.url), 'utf8');

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function row({ what, routes, scopes }: AccessRow): readonly string[] {
  const cells = ROLES.map((role) => (scopes[role] === 'none' ? '–' : scopes[role]));
  return [`${what}: ${routes.map((route) => `\`${route}\``).join(', ')}`, ...cells];
}

it('docs/access.md shows the table as it is', () => {
  expect(page).toContain(table(['what', ...ROLES], ACCESS_TABLE.map(row)));
});

it('docs/access.md says which fields are hidden from whom', () => {
  const rows = ROLES.flatMap((role) =>
    Object.entries(HIDDEN_FIELDS[role]).map(([shown, fields]) => [
      role,
      shown,
      fields.map((field) => `\`${field}\``).join(', '),
    ]),
  );
  expect(page).toContain(table(['role', 'where', 'hidden'], rows));
});
