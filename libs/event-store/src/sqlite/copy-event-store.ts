import { backup } from 'node:sqlite';
import { openForReading } from './schema.js';

/** What a copy of a store holds. */
export interface CopiedEvents {
  readonly events: number;
  /** The position of the last of them; `BEGINNING` of none. */
  readonly head: number;
}

/** Copied between two looks at what else there is to do: some 4 MB, a few milliseconds. */
const PAGES_AT_ONCE = 1_000;

/**
 * Copies the file of a store as it is at this moment, while writers in any process go on. Nothing at `to` is a store
 * until it resolves.
 * @param onProgress is told how many pages are done, of how many; what it throws ends the copying.
 * @throws StoreNotOpened, StoreTooNew
 */
export async function copySqliteEventStore(
  from: string,
  to: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<CopiedEvents> {
  const db = openForReading(from);
  try {
    // SQLite begins a backup anew whenever somebody else has written, and under writes would never end. Not within a
    // transaction: that sees the store as it was when it began, and holds up no writer.
    db.exec('BEGIN');
    const held = db.prepare('SELECT count(*) AS events, coalesce(max(position), 0) AS head FROM event').get();
    const rate = PAGES_AT_ONCE;
    const progress = ({ totalPages: total, remainingPages: left }: { totalPages: number; remainingPages: number }) =>
      onProgress(total - left, total);
    await backup(db, to, { rate, progress });
    return { events: Number(held?.events), head: Number(held?.head) };
  } finally {
    db.close();
  }
}
