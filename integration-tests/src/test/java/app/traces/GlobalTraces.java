package app.traces;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;

/** Traces of whatever is behind OpenTelemetry's API: of its Java agent, for example. */
public final class GlobalTraces {

    private GlobalTraces() {}

    public static void main(String[] args) throws Exception {
        TracedWork.run(name ->
                scope(GlobalOpenTelemetry.getTracer("app").spanBuilder(name).startSpan()));
    }

    /** Uses nothing but the API. */
    static TracedWork.Scope scope(Span span) {
        io.opentelemetry.context.Scope current = span.makeCurrent();
        return new TracedWork.Scope() {
            @Override
            public String traceId() {
                return span.getSpanContext().getTraceId();
            }

            @Override
            public void close() {
                current.close();
                span.end();
            }
        };
    }
}
