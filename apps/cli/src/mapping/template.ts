/**
 * Text with places for cells. `{a}` stands for the cell of column a, `{a|b}` for that of b where a is empty. A text
 * without braces around a whole is one column's name: see {@link columnTemplate}.
 */
export interface Template {
  readonly parts: readonly (string | readonly string[])[];
  /** Every column it names. */
  readonly columns: readonly string[];
}

const PLACE = /\{([^{}]+)\}/;

/** @throws Error for a brace without its partner, and for a template that names no column. */
export function parseTemplate(text: string): Template {
  const parts = text
    .split(PLACE)
    .map((part, index) => (index % 2 === 0 ? part : part.split('|').map((column) => column.trim())));
  const columns = parts.flatMap((part) => (typeof part === 'string' ? [] : part));
  if (parts.some((part) => typeof part === 'string' && /[{}]/.test(part))) throw new Error('a brace has no partner');
  if (columns.length === 0) throw new Error('it names no column: write {column} where a cell belongs');
  return { parts, columns };
}

/** The cell of one column, whatever characters its name has. */
export function columnTemplate(column: string): Template {
  return { parts: [[column]], columns: [column] };
}

/**
 * The text for a row; undefined when all its cells are empty, since the words around them would say nothing.
 *
 * @param cell the text of a column's cell, undefined when it is empty
 */
export function fillTemplate({ parts }: Template, cell: (column: string) => string | undefined): string | undefined {
  let filled = false;
  const text = parts.map((part) => {
    if (typeof part === 'string') return part;
    const found = part.map(cell).find((value) => value !== undefined);
    filled ||= found !== undefined;
    return found ?? '';
  });
  return filled ? text.join('').trim() : undefined;
}
