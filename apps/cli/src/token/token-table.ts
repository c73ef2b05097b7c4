import type { JsonObject, JsonValue } from '@sillage/kernel';

const COLUMNS = ['id', 'name', 'roles', 'createdAt', 'createdBy', 'expiresAt', 'lastUsedAt', 'revokedAt', 'revokedBy'];

/** Tokens as a table, a line each, with the columns that any of them has a value in. Pure. */
export function tokenTable(tokens: readonly JsonObject[]): string {
  const columns = COLUMNS.filter((column) => tokens.some((token) => token[column] !== undefined));
  const rows = [columns, ...tokens.map((token) => columns.map((column) => cell(token[column])))];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((text, index) => text.padEnd(widths[index] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Without what would move the terminal's cursor: the name of a token is any text. */
function cell(value: JsonValue | undefined): string {
  const text = Array.isArray(value) ? value.join(',') : String(value ?? '');
  return text.replace(/\p{Cc}/gu, ' ');
}
