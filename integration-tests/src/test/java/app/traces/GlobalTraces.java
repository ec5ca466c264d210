package app.traces;

import io.opentelemetry.api.GlobalOpenTelemetry;

/** Traces of whatever is behind OpenTelemetry's API: of its Java agent, for example. */
public final class GlobalTraces {

    private GlobalTraces() {}

    public static void main(String[] args) throws Exception {
        TracedWork.run(name -> OpenTelemetryTraces.scope(
                GlobalOpenTelemetry.getTracer("app").spanBuilder(name).startSpan()));
    }
}
