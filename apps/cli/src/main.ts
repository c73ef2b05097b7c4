#!/usr/bin/env node
import { CommanderError } from 'commander';
import { ExitCode, Failure } from './failure.js';
import { interruption } from './interruption.js';
import { program } from './program.js';

// A reader that has seen enough (`sillage events | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitCode.ok);
  throw error;
});

try {
  const { env, stdout, stderr } = process;
  await program({ env, stdout, stderr, interruption }).parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  } else if (error instanceof Failure) {
    process.stderr.write(`sillage: ${error.message}\n`);
    process.exitCode = error.exitCode;
  } else {
    throw error;
  }
}
