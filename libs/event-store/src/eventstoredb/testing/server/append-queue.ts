import { EventEmitter } from 'node:events';
import type { LogFile } from './log-file.js';
import type { Proposed } from './recorded.js';

export interface ProposedAppend {
  readonly stream: string;
  /** -1 when the stream must not exist. */
  readonly expected: number;
  readonly events: readonly Proposed[];
}

export type AppendResult =
  | { readonly kind: 'success'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong-expected-version'; readonly current: number }
  /** The server wrote nothing, says nothing, and lets the request time out. */
  | { readonly kind: 'dropped' };

interface Queued {
  readonly append: ProposedAppend;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Decides on appends as the server does (`IndexWriter.CheckCommit`), and writes those of one turn of the event loop
 * together. Emits `committed` behind each write.
 */
export class AppendQueue extends EventEmitter<{ committed: [] }> {
  readonly #log: LogFile;
  #queued: Queued[] = [];

  constructor(log: LogFile) {
    super();
    this.#log = log;
    // Each subscription listens.
    this.setMaxListeners(0);
  }

  append(append: ProposedAppend): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      if (this.#queued.push({ append, resolve, reject }) === 1) setImmediate(() => this.#write());
    });
  }

  #write(): void {
    const group = this.#queued;
    this.#queued = [];
    const results: AppendResult[] = [];
    try {
      const indexed = this.#log.end();
      this.#log.transact(() => {
        for (const { append } of group) results.push(this.#decide(append, indexed));
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const [index, { resolve }] of group.entries()) resolve(results[index] ?? { kind: 'dropped' });
    this.emit('committed');
  }

  /** Events from `indexed` on are written and not yet indexed: a repeat of theirs is dropped (`IdempotentNotReady`). */
  #decide({ stream, expected, events }: ProposedAppend, indexed: number): AppendResult {
    const current = this.#log.lastRevision(stream);
    if (expected < current) {
      const there = this.#log.ofStream(stream, expected + 1, events.length);
      const isRepeat = events.every(({ id }, index) => there[index]?.id === id);
      const last = there.at(-1);
      if (!isRepeat || !last) return { kind: 'wrong-expected-version', current };
      return last.position >= indexed
        ? { kind: 'dropped' }
        : { kind: 'success', revision: last.revision, position: last.position };
    }
    if (expected > current) return { kind: 'wrong-expected-version', current };
    const created = Date.now();
    const positions = events.map((event, index) =>
      this.#log.append({ ...event, stream, revision: expected + 1 + index, created }),
    );
    return { kind: 'success', revision: expected + events.length, position: positions.at(-1) ?? 0 };
  }
}
