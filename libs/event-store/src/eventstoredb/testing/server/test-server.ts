import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp, ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { AppendQueue } from './append-queue.js';
import { handleBatchAppend } from './batch-append-handler.js';
import { Faults } from './faults.js';
import { LogFile } from './log-file.js';
import { handleRead } from './read-handler.js';
import { WritingAhead } from './writing-ahead.js';

const { StreamsService } = streams;

/** Reads are answered with what is stored, which is what goes over the wire. */
const SERVICE = {
  ...StreamsService,
  read: {
    ...StreamsService.read,
    responseSerialize: (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
  },
};

export interface TestServerOptions {
  /** Where its log is kept; what an earlier server left there is found again. */
  readonly folder: string;
  /** 0 (the default) for any that is free. */
  readonly port?: number;
}

/**
 * Speaks as much of EventStoreDB's protocol as the adapter needs, on 127.0.0.1 without TLS, and fails on demand. Its
 * answers are made after the source of the server (24.10), so that the real client can be run where no real server is.
 */
export class TestServer {
  readonly faults = new Faults();
  readonly #log: LogFile;
  readonly #appends: AppendQueue;
  #server: Server | undefined;
  #port: number;

  static async start({ folder, port = 0 }: TestServerOptions): Promise<TestServer> {
    const server = new TestServer(new LogFile(folder), port);
    await server.accept();
    return server;
  }

  private constructor(log: LogFile, port: number) {
    this.#log = log;
    this.#appends = new AppendQueue(log);
    this.#port = port;
  }

  /** A connection string. */
  get url(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Breaks every connection, and takes new ones. */
  async disconnect(): Promise<void> {
    this.refuse();
    await this.accept();
  }

  /** Breaks every connection, and refuses new ones. */
  refuse(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  /** Takes connections again, on the same port. */
  async accept(): Promise<void> {
    const server = new Server({ interceptors: [(_, call) => new WritingAhead(call)] });
    server.addService(SERVICE, {
      read: (call: ServerWritableStream<ReadReq, Uint8Array>) =>
        handleRead(call, { log: this.#log, appends: this.#appends, faults: this.faults }),
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) =>
        handleBatchAppend(call, {
          appends: this.#appends,
          faults: this.faults,
          disconnect: () => this.disconnect(),
        }),
    });
    server.addService(features.ServerFeaturesService, { getSupportedMethods });
    this.#port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.#port}`, ServerCredentials.createInsecure(), (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
    this.#server = server;
  }

  stop(): void {
    this.refuse();
    this.#log.close();
  }
}

/** What the client asks before its first append. */
function getSupportedMethods(_: unknown, answer: sendUnaryData<featureMessages.SupportedMethods>): void {
  const methods = ['read', 'batchappend'].map((name) =>
    new featureMessages.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name),
  );
  answer(null, new featureMessages.SupportedMethods().setEventStoreServerVersion('24.10.0').setMethodsList(methods));
}
