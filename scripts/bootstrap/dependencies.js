// Keeps node_modules equal to package-lock.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './lock.js';
import { npmCi } from './npm.js';
import { hashOfFile, readStamp, root, say, writeStamp } from './project.js';

const lockfile = join(root, 'package-lock.json');
// What npm itself wrote down about its last install.
const installed = join(root, 'node_modules/.package-lock.json');
// Inside node_modules, so that deleting that folder deletes it too.
const stamp = join(root, 'node_modules/.sillage-lock-hash');

/** Runs `npm ci` when node_modules is missing or holds other packages than package-lock.json says. */
export async function ensureDependencies(node) {
  if (areInstalled()) return;
  await exclusively(async () => {
    if (areInstalled()) return;
    say('installing dependencies …');
    await npmCi({ folder: root, node, what: 'the dependencies' });
    writeStamp(stamp, hashOfFile(lockfile));
  });
}

function areInstalled() {
  const hash = hashOfFile(lockfile);
  if (readStamp(stamp) === hash) return true;
  // After somebody's own `npm install` the stamp is old but the folder is right.
  if (!holdsWhatTheLockSays()) return false;
  writeStamp(stamp, hash);
  return true;
}

function holdsWhatTheLockSays() {
  let there;
  try {
    there = JSON.parse(readFileSync(installed, 'utf8')).packages;
  } catch {
    return false;
  }
  const wanted = JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    // The root, and the workspaces' own folders, are not installed: links to them are.
    if (!path.includes('node_modules/')) return true;
    const found = there[path];
    // An optional package that is absent is one for another platform.
    if (found === undefined) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity && found.link === entry.link;
  });
}
