import { isOfRelay } from '@sillage/event-feed/relay';
import { BEGINNING, type EventLog } from '@sillage/event-store';
import { ArchiveWriter } from '../archive/archive-writer.js';
import { ArchiveFault } from '../archive/archived-event.js';
import type { Trailer } from '../archive/marks.js';
import { Failure } from '../failure.js';
import { LogProgress } from '../progress/log-progress.js';
import type { Progress } from '../progress/progress.js';

export interface ExportRequest {
  readonly log: EventLog;
  /** Where the archive goes. */
  readonly file: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
}

const PAGE = 500;

/**
 * Writes every event of every tenant that there is now into an archive, also while a server adds more.
 * @throws Failure when there is something that an archive cannot hold, or the file cannot be written.
 */
export async function exportEvents({ log, file, progress, signal, now }: ExportRequest): Promise<Trailer> {
  const writer = await ArchiveWriter.create(file, now).catch((error: unknown) => {
    throw unwritable(file, error);
  });
  try {
    const head = await log.head();
    const walk = new LogProgress(progress, 'export', head);
    for (let after = BEGINNING; after < head; ) {
      signal.throwIfAborted();
      const page = await log.readAll({ after, limit: PAGE });
      // How far the store's own relay has come would be wrong in another store, whose relay would leave events out.
      await writer.write(page.filter(({ position, stream }) => position <= head && !isOfRelay(stream)));
      const reached = Math.min(page.at(-1)?.position ?? head, head);
      walk.reach(reached, page.length);
      after = reached;
    }
    return await writer.finish();
  } catch (error) {
    await writer.discard();
    throw error instanceof ArchiveFault ? new Failure(error.message) : error;
  }
}

function unwritable(file: string, error: unknown): Failure {
  return new Failure(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
}
