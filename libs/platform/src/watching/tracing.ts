/** Traces that are being collected. */
export interface Tracing {
  /** Sends what has not been sent. */
  stop(): Promise<void>;
}

/**
 * Sends spans to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names. The packages for it are loaded here, so that a
 * process without a collector does not pay for them: OpenTelemetry's interface does nothing then.
 */
export async function startTracing(serviceName: string): Promise<Tracing> {
  const [{ NodeSDK }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
  ]);
  const traceExporter = new OTLPTraceExporter();
  const sdk = new NodeSDK({ serviceName, traceExporter, metricReaders: [], logRecordProcessors: [] });
  sdk.start();
  return { stop: () => sdk.shutdown() };
}
