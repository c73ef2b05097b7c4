// npm, as the scripts use it: quiet when it works, its own words when it does not.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture, environmentFor } from './child.js';
import { BootstrapError } from './project.js';

/**
 * Installs exactly what the folder's package-lock.json says.
 * Install scripts never run: no dependency needs one.
 */
export async function npmCi({ folder, node, what }) {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  // Two retries, but not the minute that npm would wait before them: without a network the user should know soon.
  args.push('--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=8000');
  const result = await npm(node, args, folder);
  if (result.code === 0) return;
  throw new BootstrapError(`could not install ${what}: ${reason(result.output)}`);
}

/** Runs npm itself under `node`, quietly; resolves with its exit code and what it wrote. */
export function npm(node, args, folder) {
  const cli = npmCli();
  const [program, before] = cli === undefined ? ['npm', []] : [node, [cli]];
  return capture(program, [...before, ...args], {
    cwd: folder,
    env: environmentFor(node),
    // npm is a batch file on Windows, which only a shell starts.
    shell: cli === undefined && process.platform === 'win32',
  }).catch((error) => ({ code: 1, output: error.message }));
}

/** npm's entry point: the npm that runs us, else the one beside the running Node; undefined to look in PATH. */
function npmCli() {
  const here = dirname(process.execPath);
  return [
    process.env.npm_execpath,
    join(here, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(here, 'node_modules/npm/bin/npm-cli.js'),
  ].find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
}

/** The line of npm's output that says most. */
function reason(output) {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('A complete log'));
  const code = lines.find((line) => line.startsWith('code '))?.slice('code '.length);
  const offline = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENETUNREACH', 'ENOTCACHED'];
  if (offline.includes(code)) return `the npm registry cannot be reached (${code}); this is needed only once`;
  return lines.find((line) => !/^(code|errno|syscall) /.test(line)) ?? 'npm gave no reason';
}
