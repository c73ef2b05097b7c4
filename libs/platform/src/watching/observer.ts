import { type Attributes, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { CommandContext } from '@sillage/kernel';
import { correlated, correlationId } from './correlation.js';
import type { AnsweredRequest, Metrics } from './metrics.js';

/** The header beside a message for the request on whose behalf it is sent, where the message itself does not say. */
const CORRELATION = 'correlation-id';

type Carrier = { readonly [name: string]: string };

/** A request that is being answered. */
export interface ObservedRequest {
  /** Runs a step of the answer, so that what it logs and sends is known to belong to the request. */
  run(step: () => void): void;
  /** @param seconds since the request arrived */
  answered(request: AnsweredRequest, seconds: number): void;
}

/** Watches what a process answers: for logs, metrics and traces at once. */
export interface Observer {
  arrived(id: string, headers: { readonly [name: string]: unknown }): ObservedRequest;
  sending(pattern: string): Carrier;
  answering<Answer>(
    message: { readonly pattern: string; readonly context: CommandContext; readonly carrier: Carrier },
    answer: () => Promise<Answer>,
  ): Promise<Answer>;
}

export function createObserver(metrics: Metrics): Observer {
  const tracer = trace.getTracer('sillage');
  return {
    arrived: (id, headers) => {
      const parent = propagation.extract(context.active(), headers);
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parent);
      const within = trace.setSpan(parent, span);
      return {
        run: (step) => context.with(within, () => correlated(id, step)),
        answered: (request, seconds) => {
          metrics.requestAnswered(request, seconds);
          const { route, method, status } = request;
          span.updateName(`${method} ${route}`);
          span.setAttributes({
            'http.request.method': method,
            'http.route': route,
            'http.response.status_code': status,
          });
          end(span, status < 500);
        },
      };
    },
    sending: () => {
      const carrier: { [name: string]: string } = {};
      propagation.inject(context.active(), carrier);
      const id = correlationId();
      if (id !== undefined) carrier[CORRELATION] = id;
      return carrier;
    },
    answering: ({ pattern, context: command, carrier }, answer) => {
      const parent = propagation.extract(context.active(), carrier);
      const attributes: Attributes = { 'rpc.system': 'sillage', 'rpc.method': pattern };
      const span = tracer.startSpan(pattern, { kind: SpanKind.SERVER, attributes }, parent);
      const id = carrier[CORRELATION] ?? command.correlationId;
      return context.with(trace.setSpan(parent, span), () =>
        correlated(id, () => measured(metrics, pattern, span, answer)),
      );
    },
  };
}

async function measured<Answer>(
  metrics: Metrics,
  pattern: string,
  span: Span,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  const begun = performance.now();
  let outcome = 'internal-error';
  try {
    const given = await answer();
    outcome = outcomeOf(given);
    return given;
  } finally {
    metrics.messageAnswered({ pattern, outcome }, (performance.now() - begun) / 1_000);
    span.setAttribute('sillage.outcome', outcome);
    end(span, outcome !== 'internal-error');
  }
}

/** Replies hold a value, or a problem by its code, of which there are some twenty. */
function outcomeOf(reply: unknown): string {
  if (typeof reply !== 'object' || reply === null || !('problem' in reply)) return 'ok';
  const { problem } = reply;
  if (typeof problem !== 'object' || problem === null || !('code' in problem)) return 'ok';
  return String(problem.code);
}

function end(span: Span, isSound: boolean): void {
  if (!isSound) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
