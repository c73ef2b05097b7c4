/** Why a process cannot start, in words for whoever started it. Ends the process with exit code 1 and this one line. */
export class StartupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartupError';
  }
}
