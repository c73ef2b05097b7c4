import { EventStoreDBClient } from '@eventstore/db-client';
import streamsService, { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp, ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { CallOptions, ClientDuplexStream, ClientReadableStream, Metadata } from '@grpc/grpc-js';
import { decodeReadResponse, type ReadResponse } from './read-response.js';

export type BatchAppendCall = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
export type ReadCall = ClientReadableStream<ReadResponse>;

/**
 * The client's connection: discovery, TLS, credentials, keep-alive and the way back after a loss are its. The calls are
 * made here, on the messages that it was generated with, because its own lose answers and lack a filter (ADR 0005).
 */
export class Connection {
  readonly #client: EventStoreDBClient;
  /** Lets go of the sockets of the last call; earlier ones were closed by the client when they failed. */
  #disconnect: () => void = () => {};

  /**
   * Connects with the first call.
   * @param url A connection string: `esdb://host:2113?tls=false`.
   * @throws Error when it is none.
   */
  constructor(url: string) {
    this.#client = EventStoreDBClient.connectionString(url);
  }

  read(request: ReadReq): Promise<ReadCall> {
    const { path, requestSerialize } = streamsService.StreamsService.read;
    return this.#call((streams, metadata, options) =>
      streams.makeServerStreamRequest(path, requestSerialize, decodeReadResponse, request, metadata, options),
    );
  }

  batchAppend(): Promise<BatchAppendCall> {
    return this.#call((streams, metadata, options) => streams.batchAppend(metadata, options));
  }

  /** Cancels the calls under way. */
  async close(): Promise<void> {
    await this.#client.dispose();
    this.#disconnect();
  }

  /** Calls have no deadline of gRPC: whoever calls has a timer, or follows for ever. */
  #call<Call extends BatchAppendCall | ReadCall>(
    start: (streams: StreamsClient, metadata: Metadata, options: CallOptions) => Call,
  ): Promise<Call> {
    const client = this.#client;
    // biome-ignore lint/complexity/useLiteralKeys: protected, and the only way to a call of one's own over its connection
    const create = client['GRPCStreamCreator'](streamsService.StreamsClient, 'streams', (streams) => {
      this.#disconnect = () => streams.close();
      // biome-ignore lint/complexity/useLiteralKeys: protected, as above
      const [metadata, options] = client['callArguments']({}, { deadline: Number.POSITIVE_INFINITY });
      return start(streams, metadata, options);
    });
    return create();
  }
}
