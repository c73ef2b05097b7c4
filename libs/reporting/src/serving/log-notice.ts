import type { ProjectorNotice } from '@sillage/reporting';
import type { Logger } from 'pino';

/** Tells the operator what befell the projector. */
export function logNotice(logger: Logger, notice: ProjectorNotice): void {
  switch (notice.kind) {
    case 'failed': {
      const { error, retryInMs } = notice;
      logger.error({ err: error, retryInMs }, 'the projector failed and will start again');
      break;
    }
    case 'recovered':
      logger.info({ position: notice.position }, 'the projector has recovered');
      break;
    case 'parked':
      logger.error({ event: notice.event }, 'an event could not be folded: its record is parked');
      break;
    default:
      notice satisfies never;
  }
}
