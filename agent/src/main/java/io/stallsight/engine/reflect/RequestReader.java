package io.stallsight.engine.reflect;

import io.stallsight.engine.fact.Request;
import io.stallsight.hook.StallsightRequest;
import org.jspecify.annotations.Nullable;

/** Reads what is known of the request that a thread works for. Only called for what is reported. */
public final class RequestReader {

    private final RequestNames names;
    private final TraceContexts traces;
    private final HandedOnRequests handedOn;

    public RequestReader(RequestNames names, TraceContexts traces) {
        this.names = names;
        this.traces = traces;
        this.handedOn = new HandedOnRequests(names::of);
    }

    /** The request that the current thread serves; a trace may be known where the request is not. */
    public Request of(StallsightRequest served) {
        return traced(Request.named(names.of(served)));
    }

    /** This request, with the trace that is current on the thread. */
    public Request traced(Request request) {
        return traces.add(request);
    }

    /**
     * This request if its name is known, otherwise the one that handed on the work of {@code context}.
     *
     * @param context of what is to be reported, 0 if none is known
     */
    public Request orHandedOn(Request request, long context) {
        return request.name().isEmpty() ? request.handedOnBy(handedOn.nameOf(context)) : request;
    }

    /** The requests that have handed on their work. */
    public HandedOnRequests handedOn() {
        return handedOn;
    }

    /** The current thread is about to end serving a request whose work is followed in {@code context}. */
    public void followed(StallsightRequest served, long context) {
        handedOn.named(context, names.of(served));
    }

    /**
     * The request of that number, if another thread serves it; otherwise the one that has handed on the work of
     * {@code context}.
     *
     * @param served null if it is not known
     * @param context 0 if none is known
     */
    public Request inProgress(@Nullable StallsightRequest served, int number, long context) {
        if (served != null && served.isCurrent(number)) {
            Request request = ofOther(served);
            if (served.isCurrent(number)) {
                return orHandedOn(request, context);
            }
        }
        return orHandedOn(Request.UNKNOWN, context);
    }

    /** The request that another thread serves. It may be another one when this returns. */
    public Request ofOther(StallsightRequest served) {
        return Request.named(names.of(served));
    }
}
