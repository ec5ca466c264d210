package app.traces;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** Traces of an SDK that the application keeps to itself, as Spring Boot does: it is not the global one. */
public final class OpenTelemetryTraces {

    private OpenTelemetryTraces() {}

    public static void main(String[] args) throws Exception {
        Tracer tracer = SdkTracerProvider.builder()
                .addSpanProcessor(new EndedSpans())
                .build()
                .get("app");
        TracedWork.run(name -> GlobalTraces.scope(tracer.spanBuilder(name).startSpan()));
    }

    /** Prints the events of each span. */
    private static final class EndedSpans implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            // not wanted
        }

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            span.toSpanData()
                    .getEvents()
                    .forEach(event -> TracedWork.event(span.getSpanContext().getTraceId(), event.getName()));
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
