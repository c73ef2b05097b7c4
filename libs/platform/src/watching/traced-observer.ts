import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { type Observer, outcomeOf } from './observer.js';

/** An observer that also tells OpenTelemetry: a span for each request and each message, which go on across processes. */
export function tracedObserver(observer: Observer): Observer {
  const tracer = trace.getTracer('sillage');
  return {
    arrived: (id, headers) => {
      const parent = propagation.extract(context.active(), headers);
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parent);
      const within = trace.setSpan(parent, span);
      const observed = observer.arrived(id, headers);
      return {
        run: (step) => context.with(within, () => observed.run(step)),
        answered: (request, seconds) => {
          observed.answered(request, seconds);
          const { route, method, status } = request;
          span.updateName(`${method} ${route}`);
          span.setAttributes({
            'http.request.method': method,
            'http.route': route,
            'http.response.status_code': status,
          });
          end(span, { isSound: status < 500 });
        },
      };
    },
    sending: (pattern) => {
      const carrier: { [name: string]: string } = { ...observer.sending(pattern) };
      propagation.inject(context.active(), carrier);
      return carrier;
    },
    answering: (message, answer) => {
      const { pattern, carrier } = message;
      const parent = propagation.extract(context.active(), carrier);
      const attributes = { 'rpc.system': 'sillage', 'rpc.method': pattern };
      const span = tracer.startSpan(pattern, { kind: SpanKind.SERVER, attributes }, parent);
      return context.with(trace.setSpan(parent, span), () =>
        withinSpan(span, () => observer.answering(message, answer)),
      );
    },
  };
}

async function withinSpan<Answer>(span: Span, answer: () => Promise<Answer>): Promise<Answer> {
  let outcome = 'internal-error';
  try {
    const given = await answer();
    outcome = outcomeOf(given);
    return given;
  } finally {
    span.setAttribute('sillage.outcome', outcome);
    end(span, { isSound: outcome !== 'internal-error' });
  }
}

function end(span: Span, { isSound }: { readonly isSound: boolean }): void {
  if (!isSound) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
