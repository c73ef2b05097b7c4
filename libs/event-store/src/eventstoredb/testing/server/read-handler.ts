import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerWritableStream, type StatusObject, status } from '@grpc/grpc-js';
import type { AppendQueue } from './append-queue.js';
import { CommitBell } from './commit-bell.js';
import type { Faults } from './faults.js';
import type { LogFile } from './log-file.js';
import { caughtUp, checkpoint, confirmation, streamNotFound } from './read-responses.js';
import type { Recorded } from './recorded.js';

type Options = streams.ReadReq.Options;
/** Responses that are ready at the same time, as the bytes that go over the wire. */
type Responses = readonly Uint8Array[];
type Filter = (recorded: Recorded) => boolean;

const { ReadDirection } = streams.ReadReq.Options;

/** How many events are read from the log in one go. */
const PAGE = 500;

/** How many events the server looks at in one go when it is not told. */
const DEFAULT_WINDOW = 32;

/** Behind every event. */
const END = Number.MAX_SAFE_INTEGER;

export interface ReadContext {
  readonly log: LogFile;
  readonly appends: AppendQueue;
  readonly faults: Faults;
}

/** The call `Read`, as `Streams.Read.cs` and the enumerators of the server have it. */
export async function handleRead(
  call: ServerWritableStream<streams.ReadReq, Uint8Array>,
  context: ReadContext,
): Promise<void> {
  const { faults } = context;
  const abort = new AbortController();
  call.on('cancelled', () => abort.abort());
  try {
    const options = call.request.getOptions() ?? new streams.ReadReq.Options();
    let left = faults.responsesOfRead();
    for await (const responses of responsesTo(options, context, abort.signal)) {
      for (const response of responses) {
        // Waits only where it must: a turn of the event loop for each event is what a read would mostly do.
        while (faults.isFrozen) await faults.turn();
        if (left === 0) throw refusal(status.UNAVAILABLE, 'Connection dropped');
        left -= 1;
        if (abort.signal.aborted) return;
        if (!call.write(response)) await once(call, 'drain', { signal: abort.signal });
      }
    }
    call.end();
  } catch (error) {
    if (!abort.signal.aborted) call.emit('error', error);
  }
}

function responsesTo(options: Options, context: ReadContext, signal: AbortSignal): AsyncIterable<Responses> {
  const isForwards = options.getReadDirection() === ReadDirection.FORWARDS;
  const isOfStream = options.hasStream();
  if (options.hasSubscription() && !isOfStream && isForwards) return subscription(options, context, signal);
  if (options.hasSubscription()) throw refusal(status.UNIMPLEMENTED, 'not in this server');
  if (isOfStream) return isForwards ? streamForwards(options, context.log) : lastOfStream(options, context.log);
  return isForwards ? allForwards(options, context.log) : allBackwards(options, context.log);
}

function responseOf({ response }: Recorded): Uint8Array {
  return response;
}

function streamName(options: Options): string {
  return Buffer.from(options.getStream()?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
}

/** Of the reads backwards, the one that is needed: of one event, from the end. */
async function* lastOfStream(options: Options, log: LogFile): AsyncIterable<Responses> {
  if (!options.getStream()?.hasEnd() || options.getCount() !== '1') {
    throw refusal(status.UNIMPLEMENTED, 'not in this server');
  }
  const name = streamName(options);
  const last = log.lastRevision(name);
  yield last === -1 ? [streamNotFound(name)] : log.ofStream(name, last, 1).map(responseOf);
}

async function* streamForwards(options: Options, log: LogFile): AsyncIterable<Responses> {
  const stream = options.getStream();
  const name = streamName(options);
  if (log.lastRevision(name) === -1) {
    yield [streamNotFound(name)];
    return;
  }
  let left = Number(options.getCount());
  let next = Math.max(stream?.hasRevision() ? Number(stream.getRevision()) : 0, log.firstRevision(name));
  for (;;) {
    const page = log.ofStream(name, next, Math.min(PAGE, left));
    yield page.map(responseOf);
    next += page.length;
    left -= page.length;
    if (page.length < PAGE || left === 0) return;
  }
}

function allForwards(options: Options, log: LogFile): AsyncIterable<Responses> {
  // A read begins at its position, a subscription behind it.
  return readAll(options, startOf(options, log, 'UNKNOWN') - 1, (after) => log.after(after, PAGE));
}

function allBackwards(options: Options, log: LogFile): AsyncIterable<Responses> {
  return readAll(options, startOf(options, log, 'UNKNOWN'), (before) => log.before(before, PAGE));
}

/** As many events as are asked for of those that the filter lets pass, page by page from a position on. */
async function* readAll(
  options: Options,
  start: number,
  pageFrom: (position: number) => ReturnType<LogFile['after']>,
): AsyncIterable<Responses> {
  const isAllowed = filterOf(options);
  let left = Number(options.getCount());
  for (let position = start; ; ) {
    const page = pageFrom(position);
    const last = page.at(-1);
    if (!last) return;
    const allowed = page.filter(isAllowed).slice(0, left);
    yield allowed.map(responseOf);
    left -= allowed.length;
    if (left === 0) return;
    position = last.position;
  }
}

/** Says that it has caught up when it first finds nothing more, and how far it is every so many events. */
async function* subscription(
  options: Options,
  { log, appends }: ReadContext,
  signal: AbortSignal,
): AsyncIterable<Responses> {
  const isAllowed = filterOf(options);
  const interval = checkpointInterval(options);
  using commits = new CommitBell(appends, signal);
  let position = startOf(options, log, 'INVALID_ARGUMENT');
  yield [confirmation(randomUUID())];
  let considered = 0;
  for (let isLive = false; !signal.aborted; ) {
    const page = log.after(position, PAGE);
    const responses: Uint8Array[] = [];
    for (const recorded of page) {
      if (isAllowed(recorded)) responses.push(recorded.response);
      position = recorded.position;
      considered += 1;
      if (considered % interval === 0) responses.push(checkpoint(position));
    }
    yield responses;
    if (page.length > 0) continue;
    if (!isLive) {
      isLive = true;
      yield [checkpoint(position), caughtUp()];
    }
    await commits.rung();
  }
}

/** The position to begin at; one that is no event's is refused, though 23.10 does not always notice. */
function startOf(options: Options, log: LogFile, code: 'UNKNOWN' | 'INVALID_ARGUMENT'): number {
  const all = options.getAll();
  if (all?.hasEnd()) return END;
  const position = Number(all?.getPosition()?.getCommitPosition() ?? 0);
  if (position === 0 || position >= log.end() || log.isPosition(position)) return position;
  throw code === 'UNKNOWN'
    ? refusal(status.UNKNOWN, 'Unexpected FilteredReadAllResult: InvalidPosition')
    : refusal(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');
}

function filterOf(options: Options): Filter {
  const expression = options.getFilter()?.getStreamIdentifier();
  if (!expression) return () => true;
  const regex = expression.getRegex();
  if (regex) {
    const pattern = new RegExp(regex, 'u');
    return ({ stream }) => pattern.test(stream);
  }
  const prefixes = expression.getPrefixList();
  return ({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix));
}

/** In events looked at. */
function checkpointInterval(options: Options): number {
  const filter = options.getFilter();
  if (!filter) return Number.POSITIVE_INFINITY;
  return (filter.hasMax() ? filter.getMax() : DEFAULT_WINDOW) * filter.getCheckpointintervalmultiplier();
}

function refusal(code: status, details: string): Partial<StatusObject> & Error {
  return Object.assign(new Error(details), { code, details });
}
