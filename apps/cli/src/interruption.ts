import { ExitCode } from './failure.js';

/**
 * A signal that aborts on the first Ctrl-C (or SIGTERM), so that a command can end in good order. The second ends the
 * process at once.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(ExitCode.interrupted);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}
