// How the bootstrap starts other programs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';

/**
 * The environment for everything started under `node`: its folder comes first in PATH, so that a `node` or an
 * `npm` found there by name is the chosen one.
 */
export function environmentFor(node) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [key]: [dirname(node), process.env[key]].filter(Boolean).join(delimiter) };
}

/**
 * Runs a program to its end with our standard streams and hands our signals on to it.
 * Resolves with its exit code, or 128 + the signal's number as a shell reports it; rejects if it does not start.
 */
export function run(program, args, options = {}) {
  return end(spawn(program, args, { stdio: 'inherit', ...options }));
}

/** The same, but quiet: resolves with `{ code, output }`, where output is what it wrote to both streams. */
export async function capture(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const code = await end(child);
  return { code, output };
}

async function end(child) {
  const stopForwarding = forwardSignals(child);
  const stopWatching = endWithNpm(child);
  try {
    // 'close' comes after 'exit', when the streams have been read to their end.
    const [code, signal] = await once(child, 'close');
    return signal === null ? code : 128 + constants.signals[signal];
  } finally {
    stopForwarding();
    stopWatching();
  }
}

/**
 * Having a handler keeps us alive, so that the child ends in its own time and we can report how.
 * A terminal's Ctrl-C reaches the child without our help (same process group), and a second one would look like
 * impatience to it; so SIGINT is handed on only when no terminal is there. npm repeats signals: once is enough.
 */
function forwardSignals(child) {
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    let sent = false;
    const handler = () => {
      if (sent || (signal === 'SIGINT' && atTerminal)) return;
      sent = true;
      child.kill(signal);
    };
    process.on(signal, handler);
    return [signal, handler];
  });
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

/**
 * Killing npm kills the shell that it started us through, and neither tells us: the service would go on, holding its
 * port, with nobody to stop it. What can be seen is that our parent process is another one.
 */
export function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 200);
  return () => clearInterval(watch);
}
