import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { BEGINNING } from '../event-store.js';

const { ReadReq } = streams;
type Options = streams.ReadReq.Options;

/** Which streams of the log a read is for, by their names. */
export type StreamFilter = { readonly prefix: string } | { readonly regex: string };

/**
 * How many events of others the server looks at before it says how far it has come (a checkpoint): it reads that many in
 * one go, and 32 when it is not told.
 */
const SEARCH_WINDOW = 1_000;

/** The events of a stream from a revision on. */
export function readOfStream(name: string, from: number): streams.ReadReq {
  const stream = streamNamed(name).setRevision(String(from));
  return request((options) => options.setStream(stream).setCount(String(Number.MAX_SAFE_INTEGER)).setNoFilter(empty()));
}

/** The last event of a stream, read backwards. */
export function readOfLastInStream(name: string): streams.ReadReq {
  const stream = streamNamed(name).setEnd(empty());
  const { BACKWARDS } = ReadReq.Options.ReadDirection;
  return request((options) => options.setStream(stream).setReadDirection(BACKWARDS).setCount('1').setNoFilter(empty()));
}

function streamNamed(name: string): streams.ReadReq.Options.StreamOptions {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(name));
  return new ReadReq.Options.StreamOptions().setStreamIdentifier(identifier);
}

/** The events of the log that are the filter's, the last one first; those of anybody without a filter. */
export function readBackwards(most: number, filter?: StreamFilter): streams.ReadReq {
  const all = new ReadReq.Options.AllOptions().setEnd(empty());
  return request((options) => {
    options.setAll(all).setReadDirection(ReadReq.Options.ReadDirection.BACKWARDS).setCount(String(most));
    if (filter) options.setFilter(toFilterOptions(filter));
    else options.setNoFilter(empty());
  });
}

/** The events of the log behind a position, which must be an event's, that are the filter's, and what comes, for ever. */
export function subscription(after: number, filter: StreamFilter): streams.ReadReq {
  const all = new ReadReq.Options.AllOptions();
  if (after === BEGINNING) all.setStart(empty());
  else {
    // Events that commit themselves, as those of an append do, are prepared where they are committed.
    const position = new ReadReq.Options.Position().setCommitPosition(String(after)).setPreparePosition(String(after));
    all.setPosition(position);
  }
  return request((options) =>
    options.setAll(all).setSubscription(new ReadReq.Options.SubscriptionOptions()).setFilter(toFilterOptions(filter)),
  );
}

function request(fill: (options: Options) => void): streams.ReadReq {
  const options = new ReadReq.Options().setUuidOption(new ReadReq.Options.UUIDOption().setString(empty()));
  fill(options);
  return new ReadReq().setOptions(options);
}

function toFilterOptions(filter: StreamFilter): streams.ReadReq.Options.FilterOptions {
  const expression = new ReadReq.Options.FilterOptions.Expression();
  if ('prefix' in filter) expression.setPrefixList([filter.prefix]);
  else expression.setRegex(filter.regex);
  return new ReadReq.Options.FilterOptions()
    .setStreamIdentifier(expression)
    .setMax(SEARCH_WINDOW)
    .setCheckpointintervalmultiplier(1);
}

function empty(): shared.Empty {
  return new shared.Empty();
}
