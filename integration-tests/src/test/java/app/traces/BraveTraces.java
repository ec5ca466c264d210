package app.traces;

import brave.Span;
import brave.Tracer;
import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;

/** Traces of Brave. */
public final class BraveTraces {

    private BraveTraces() {}

    public static void main(String[] args) throws Exception {
        try (Tracing tracing =
                Tracing.newBuilder().addSpanHandler(new EndedSpans()).build()) {
            TracedWork.run(name -> scope(tracing.tracer(), name));
        }
    }

    /** Prints the annotations of each span. */
    private static final class EndedSpans extends SpanHandler {

        @Override
        public boolean end(TraceContext context, MutableSpan span, Cause cause) {
            span.annotations().forEach(annotation -> TracedWork.event(context.traceIdString(), annotation.getValue()));
            return false;
        }
    }

    private static TracedWork.Scope scope(Tracer tracer, String name) {
        Span span = tracer.newTrace().name(name).start();
        Tracer.SpanInScope current = tracer.withSpanInScope(span);
        return new TracedWork.Scope() {
            @Override
            public String traceId() {
                return span.context().traceIdString();
            }

            @Override
            public void close() {
                current.close();
                span.finish();
            }
        };
    }
}
