import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds. From what a read of memory takes to the deadline of a request. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Events of an append, or of a batch that a reader takes. */
const EVENTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];

/** What reads the log of events, in its order, at its own pace. */
export type LogReader = 'relay' | 'projector';

/** How far a reader of the log is behind its end. */
export interface Lag {
  readonly events: number;
  /** Age of the oldest event that it has not read; 0 when there is none. */
  readonly seconds: number;
}

export interface AnsweredRequest {
  /** Its template, such as `/v1/accounts/:id`. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
}

/**
 * What a process counts and measures, in plain functions to pass on. Labels are names of the code's own (routes,
 * patterns, outcomes), never what came from a caller: neither a tenant nor a person can be told from them.
 */
export interface Metrics {
  requestAnswered(request: AnsweredRequest, seconds: number): void;
  /** @param outcome `ok`, or the code of a problem */
  messageAnswered(message: { readonly pattern: string; readonly outcome: string }, seconds: number): void;
  appended(outcome: 'stored' | 'conflict' | 'unknown' | 'failed', events: number, seconds: number): void;
  batchTaken(reader: LogReader, events: number): void;
  /** `read` is asked whenever the metrics are; what it fails with is told by the gauges' absence. */
  watchLag(reader: LogReader, read: () => Promise<Lag>): void;
  watchMessagesAtWork(read: () => number): void;
  /** Everything in the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Begins to count, with what Node tells of the process: memory, processor, garbage, delay of the event loop. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'sillage_http_request_seconds',
    help: 'Time from the arrival of a request to the end of its answer',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers,
  });
  const messages = new Histogram({
    name: 'sillage_message_seconds',
    help: 'Time that a service takes to answer a message',
    labelNames: ['pattern', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const appends = new Histogram({
    name: 'sillage_append_seconds',
    help: 'Time that the event store takes for an append; "conflict": somebody else was faster',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers,
  });
  const appendedEvents = new Histogram({
    name: 'sillage_append_events',
    help: 'Events of an append that was stored',
    buckets: EVENTS,
    registers,
  });
  const batches = new Histogram({
    name: 'sillage_batch_events',
    help: 'Events of a batch that a reader of the log takes at once',
    labelNames: ['reader'],
    buckets: EVENTS,
    registers,
  });
  const lags = watchedLags(registers);
  return {
    requestAnswered: ({ route, method, status }, seconds) => requests.observe({ route, method, status }, seconds),
    messageAnswered: ({ pattern, outcome }, seconds) => messages.observe({ pattern, outcome }, seconds),
    appended: (outcome, events, seconds) => {
      appends.observe({ outcome }, seconds);
      if (outcome === 'stored') appendedEvents.observe(events);
    },
    batchTaken: (reader, events) => batches.observe({ reader }, events),
    watchLag: (reader, read) => lags.set(reader, read),
    watchMessagesAtWork: (read) => {
      new Gauge({
        name: 'sillage_messages_at_work',
        help: 'Messages that the service is working on',
        registers,
        collect() {
          this.set(read());
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** Gauges that ask each reader of the log how far behind it is. */
function watchedLags(registers: Registry[]): Map<LogReader, () => Promise<Lag>> {
  const readers = new Map<LogReader, () => Promise<Lag>>();
  const failures = new Counter({
    name: 'sillage_lag_failures_total',
    help: 'How often the lag of a reader of the log could not be told',
    labelNames: ['reader'],
    registers,
  });
  const gauge = (member: keyof Lag, help: string) =>
    new Gauge({
      name: `sillage_lag_${member}`,
      help,
      labelNames: ['reader'],
      registers,
      async collect() {
        this.reset();
        for (const [reader, read] of readers) {
          try {
            this.set({ reader }, (await read())[member]);
          } catch {
            failures.inc({ reader });
          }
        }
      },
    });
  gauge('events', 'Events that a reader of the log has not read');
  gauge('seconds', 'Age of the oldest event that a reader of the log has not read');
  return readers;
}
