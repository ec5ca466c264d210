package io.stallsight.engine.reflect;

import io.stallsight.engine.fact.Request;
import io.stallsight.hook.StallsightRequest;

/** Reads what is known of the request that a thread works for. Only called for what is reported. */
public final class RequestReader {

    private final RequestNames names;
    private final TraceContexts traces;

    public RequestReader(RequestNames names, TraceContexts traces) {
        this.names = names;
        this.traces = traces;
    }

    /** The request that the current thread serves; a trace may be known where the request is not. */
    public Request of(StallsightRequest served) {
        return traces.add(names.of(served));
    }

    /** The request that another thread serves. It may be another one when this returns. */
    public Request ofOther(StallsightRequest served) {
        return Request.named(names.of(served));
    }
}
