/** An object or a list that has not been closed yet. */
interface Open {
  readonly path: string;
  /** Undefined of a list. */
  readonly names: Set<string> | undefined;
  /** Where the next value goes. */
  member: string;
  index: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\],]/g;

/**
 * The path of the first name that an object has twice, in text that is known to be JSON with such a name. For a refusal
 * only: it takes some ten times as long as reading the text.
 */
export function repeatedName(json: string): string {
  const open: Open[] = [];
  for (const [token, colon] of json.matchAll(TOKEN)) {
    const within = open.at(-1);
    if (token === '{' || token === '[') {
      const path = within === undefined ? '' : pathIn(within);
      open.push({ path, names: token === '{' ? new Set() : undefined, member: '', index: 0 });
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ',') {
      if (within !== undefined) within.index += 1;
    } else if (colon !== undefined && within?.names !== undefined) {
      // By what the escapes stand for: "a" and "\u0061" are one name.
      within.member = JSON.parse(token.slice(0, -colon.length)) as string;
      if (within.names.has(within.member)) return pathIn(within);
      within.names.add(within.member);
    }
  }
  return '';
}

function pathIn({ path, names, member, index }: Open): string {
  if (names === undefined) return `${path}[${index}]`;
  return path === '' ? member : `${path}.${member}`;
}
