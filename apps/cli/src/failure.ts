/** What a shell is told when the command ends. */
export const ExitCode = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** An end that the user can act upon, told in one line. Anything else that is thrown is a defect. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode = ExitCode.failed,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/** The user asked to stop (Ctrl-C, or SIGTERM). */
export class Interrupted extends Failure {
  constructor(message = 'interrupted') {
    super(message, ExitCode.interrupted);
    this.name = 'Interrupted';
  }
}
