// Fails when a package's imports, its package.json and its tsconfig.json disagree.
// `tsc -b` builds in the order of the tsconfig references. A missing one goes unnoticed where an earlier build left
// output to import from, and breaks the first build of a fresh clone.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const referencesOf = (folder) =>
  json(join(folder, 'tsconfig.json')).references.map(({ path }) => relative(root, resolve(root, folder, path)));

const folders = globSync(
  json('package.json').workspaces.map((pattern) => `${pattern}/package.json`),
  { cwd: root },
)
  .map(dirname)
  .sort();
const folderOf = new Map(folders.map((folder) => [json(`${folder}/package.json`).name, folder]));

/** Folders of the packages that a folder's sources import. */
function importedBy(folder) {
  const names = globSync(`${folder}/src/**/*.ts`, { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import|import\()\s*'(@sillage\/[^/']+)/g)].map(
      ([, name]) => name,
    ),
  );
  return [...new Set(names)].map((name) => folderOf.get(name) ?? name).filter((imported) => imported !== folder);
}

const complaints = [];
const expectAll = (wanted, present, complaint) => {
  for (const one of wanted) if (!present.includes(one)) complaints.push(complaint(one));
};

const rootReferences = referencesOf('.');
expectAll(folders, rootReferences, (folder) => `tsconfig.json: no reference to ${folder}`);
for (const folder of folders) {
  const { dependencies = {}, devDependencies = {} } = json(`${folder}/package.json`);
  const declared = Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => folderOf.get(name) ?? []);
  const referenced = referencesOf(folder);
  const imported = importedBy(folder);
  expectAll(imported, referenced, (other) => `${folder}/tsconfig.json: imports ${other}, but has no reference to it`);
  expectAll(imported, declared, (other) => `${folder}/package.json: imports ${other}, but does not depend on it`);
  expectAll(declared, referenced, (other) => `${folder}/tsconfig.json: no reference to ${other}, its dependency`);
}

for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;
