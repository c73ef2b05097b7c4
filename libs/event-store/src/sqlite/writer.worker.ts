import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { StoreNotOpened, StoreTooNew } from '../errors.js';
import { CommitAnnouncer } from './commit-announcements.js';
import { GroupWriter } from './group-writer.js';
import { openForWriting } from './schema.js';
import type { EncodedAppend, GroupReply, OpeningReply, WriterRequest } from './writer-messages.js';

/** Bounds how long the first append of a group waits for the last, in appends. A message is never split. */
const FULL_GROUP = 1_000;

if (!parentPort) throw new Error('the writer runs on a worker thread');
const port = parentPort;

try {
  serve(String(workerData));
} catch (error) {
  if (error instanceof StoreTooNew) reply({ kind: 'too-new', found: error.found });
  else if (error instanceof StoreNotOpened) reply({ kind: 'not-opened', reason: error.reason });
  else throw error;
}

function serve(file: string): void {
  const db = openForWriting(file);
  const writer = new GroupWriter(db);
  const announcer = new CommitAnnouncer(file);
  reply({ kind: 'opened' });

  port.on('message', (request: WriterRequest) => {
    const { appends, isLast } = takeGroup(request);
    if (appends.length > 0) {
      reply(writer.write(appends));
      announcer.announce();
    }
    if (!isLast) return;
    announcer.close();
    db.close();
    port.close();
  });
}

/** Takes all that came in while the last group was being committed: the slower the disk, the larger the groups. */
function takeGroup(first: WriterRequest): { readonly appends: readonly EncodedAppend[]; readonly isLast: boolean } {
  let appends: readonly EncodedAppend[] = [];
  let request = first;
  while (request.kind === 'append') {
    appends = appends.length === 0 ? request.appends : appends.concat(request.appends);
    const next: { readonly message: WriterRequest } | undefined =
      appends.length < FULL_GROUP ? receiveMessageOnPort(port) : undefined;
    if (!next) return { appends, isLast: false };
    request = next.message;
  }
  return { appends, isLast: true };
}

function reply(message: OpeningReply | GroupReply): void {
  port.postMessage(message);
}
