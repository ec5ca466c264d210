package app.traces;

import brave.Span;
import brave.Tracer;
import brave.Tracing;

/** Traces of Brave. */
public final class BraveTraces {

    private BraveTraces() {}

    public static void main(String[] args) throws Exception {
        try (Tracing tracing = Tracing.newBuilder().build()) {
            TracedWork.run(name -> scope(tracing.tracer(), name));
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
