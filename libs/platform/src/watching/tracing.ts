import type { Observer } from './observer.js';

/** Traces that are being collected. */
export interface Tracing {
  /** Gives an observer that traces what this one observes. */
  readonly traced: (observer: Observer) => Observer;
  /** Sends what has not been sent. */
  stop(): Promise<void>;
}

/**
 * Sends spans to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names. Everything for it is loaded here, so that a
 * process without a collector does not pay for it.
 */
export async function startTracing(serviceName: string): Promise<Tracing> {
  const [{ NodeSDK }, { OTLPTraceExporter }, { tracedObserver }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('./traced-observer.js'),
  ]);
  const traceExporter = new OTLPTraceExporter();
  const sdk = new NodeSDK({ serviceName, traceExporter, metricReaders: [], logRecordProcessors: [] });
  sdk.start();
  return { traced: tracedObserver, stop: () => sdk.shutdown() };
}
