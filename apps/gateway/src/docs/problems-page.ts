import { httpAnswer } from '@sillage/contracts/openapi';
import { PROBLEMS, type ProblemCode } from '@sillage/kernel';
import { type Language, problemDetail, problemTitle } from '../problems/index.js';

const HEADINGS = {
  en: { title: 'Problems', about: 'Every refusal of the API by its code, which never changes.' },
  fr: { title: 'Problèmes', about: 'Chaque refus de l’API par son code, qui ne change jamais.' },
} as const satisfies { [L in Language]: { title: string; about: string } };

/** The page that the `type` of every problem leads to: a section for each code. Pure. */
export function problemsPage(language: Language): string {
  const { title, about } = HEADINGS[language];
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · Sillage API</title>
    <link rel="stylesheet" href="/docs/problems.css" />
  </head>
  <body>
    <h1>${title}</h1>
    <p>${about} <a href="/docs">API</a></p>
${codes.map((code) => section(code, language)).join('\n')}
  </body>
</html>
`;
}

export const PROBLEMS_CSS = `body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #222; }
section { border-top: 1px solid #ddd; padding: 0.5rem 0; }
section:target { background: #fff8d6; }
h2 { margin: 0.25rem 0; font-size: 1.1rem; }
p { margin: 0.25rem 0; }
`;

function section(code: ProblemCode, language: Language): string {
  return `    <section id="${code}">
      <h2>${escaped(problemTitle(code, language))}</h2>
      <p><code>${httpAnswer(code).status} ${code}</code></p>
      <p>${escaped(problemDetail(code, {}, language))}</p>
    </section>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
