import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { AppendQueue } from './append-queue.js';
import { appendTooLarge, badRequest, success, timedOut, wrongExpectedVersion } from './append-responses.js';
import type { Faults } from './faults.js';
import type { Proposed } from './recorded.js';

/** The server's default `WriteTimeoutMs`. */
const WRITE_TIMEOUT = 2_000;

export interface BatchAppendContext {
  readonly appends: AppendQueue;
  readonly faults: Faults;
  readonly disconnect: () => Promise<void>;
}

/** An append of which not all messages have come. */
interface Unfinished {
  readonly options: BatchAppendReq.Options;
  readonly events: Proposed[];
}

/** The call `BatchAppend`, as `Streams.BatchAppend.cs` of the server has it. */
export function handleBatchAppend(
  call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
  context: BatchAppendContext,
): void {
  const unfinished = new Map<string, Unfinished>();
  let answering = 0;
  let isHalfClosed = false;
  const endIfDone = () => {
    if (isHalfClosed && answering === 0) call.end();
  };

  call.on('data', (request: BatchAppendReq) => {
    const id = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    if (options) unfinished.set(id, { options, events: [] });
    const append = unfinished.get(id);
    if (!append) return;
    append.events.push(...request.getProposedMessagesList().map(toProposed));
    // The server means to count more, but a slip in its `Event.SizeOnDisk` leaves the data alone.
    const size = append.events.reduce((bytes, { data }) => bytes + data.length, 0);
    if (!request.getIsFinal() && size <= context.faults.mostBytes) return;
    unfinished.delete(id);
    answering += 1;
    answer(append, size, context)
      .then((response) => {
        if (response && !call.cancelled) call.write(addressed(response, request, append.options));
      })
      .catch((error: unknown) => call.emit('error', error))
      .finally(() => {
        answering -= 1;
        endIfDone();
      });
  });
  call.on('end', () => {
    isHalfClosed = true;
    endIfDone();
  });
}

/** Undefined where a fault has swallowed the answer. */
async function answer(
  { options, events }: Unfinished,
  size: number,
  { appends, faults, disconnect }: BatchAppendContext,
): Promise<BatchAppendResp | undefined> {
  await faults.beforeAppend();
  if (size > faults.mostBytes) return appendTooLarge(faults.mostBytes);
  if (options.hasAny() || options.hasStreamExists()) return badRequest('the test server takes expected revisions only');
  const expected = options.hasNoStream() ? -1 : Number(options.getStreamPosition());
  const stream = Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
  const result = await appends.append({ stream, expected, events });
  switch (result.kind) {
    case 'wrong-expected-version':
      return wrongExpectedVersion(expected, result.current);
    case 'dropped':
      await sleep(WRITE_TIMEOUT, undefined, { ref: false });
      return timedOut();
    case 'success':
      switch (faults.fateOfAnswer()) {
        case 'sent':
          await faults.turn();
          return success(result.revision, result.position);
        case 'sent-without-position':
          return success(result.revision, undefined);
        case 'lost':
          return undefined;
        case 'disconnected':
          await disconnect();
          return undefined;
      }
  }
}

function addressed(
  response: BatchAppendResp,
  request: BatchAppendReq,
  options: BatchAppendReq.Options,
): BatchAppendResp {
  return response.setCorrelationId(request.getCorrelationId()).setStreamIdentifier(options.getStreamIdentifier());
}

function toProposed(message: BatchAppendReq.ProposedMessage): Proposed {
  const metadata = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: metadata.get('type') ?? '',
    isJson: metadata.get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}
