package io.stallsight.engine.host;

import io.stallsight.engine.reflect.TraceContexts;

/** Passes tracers of the application on to those who read the current trace. Adds nothing to them. */
public final class TracerOutput implements HostOutput {

    private final TraceContexts traces;

    public TracerOutput(TraceContexts traces) {
        this.traces = traces;
    }

    @Override
    public void found(Object host) {
        traces.found(host);
    }

    @Override
    public boolean refreshes() {
        return false;
    }

    @Override
    public void close() {
        // holds no tracer
    }
}
