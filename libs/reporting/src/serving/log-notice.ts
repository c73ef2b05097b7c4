import type { ProjectorNotice } from '../projector/projector.js';

/** What has befallen the views of a process: its projectors, or which generation it serves. */
export type ViewsNotice =
  | ProjectorNotice
  | { readonly kind: 'of-another-version'; readonly generation: number }
  | { readonly kind: 'not-dropped'; readonly error: unknown };

/** Where an operator reads: pino's way to log. */
export interface NoticeLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Tells the operator. */
export function logNotice(log: NoticeLog, notice: ViewsNotice): void {
  switch (notice.kind) {
    case 'failed': {
      const { error, retryInMs } = notice;
      log.error({ err: error, retryInMs }, 'the projector failed and will start again');
      break;
    }
    case 'recovered':
      log.info({ position: notice.position }, 'the projector has recovered');
      break;
    case 'parked':
      log.error({ event: notice.event }, 'an event could not be folded: its record is parked');
      break;
    case 'of-another-version':
      log.warn({ generation: notice.generation }, 'views of another version serve: this process goes on with its own');
      break;
    case 'not-dropped':
      log.warn(
        { err: notice.error },
        'views that serve no more could not be dropped; the next ones to go will take them',
      );
      break;
    default:
      notice satisfies never;
  }
}
