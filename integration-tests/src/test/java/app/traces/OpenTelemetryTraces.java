package app.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;

/** Traces of an SDK that the application keeps to itself, as Spring Boot does: it is not the global one. */
public final class OpenTelemetryTraces {

    private OpenTelemetryTraces() {}

    public static void main(String[] args) throws Exception {
        Tracer tracer = SdkTracerProvider.builder().build().get("app");
        TracedWork.run(name -> scope(tracer.spanBuilder(name).startSpan()));
    }

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
