package io.stallsight.engine.fact;

import io.stallsight.text.RequestText;

/**
 * The request that a thread worked for.
 *
 * @param name {@code GET /orders/{id}}; empty if it is not known
 * @param traceId of its trace, 32 or 16 hexadecimal digits; empty if no tracer of the application knows one
 * @param spanId of the span that was current, 16 hexadecimal digits; empty if there is no trace
 * @param handedOn the thread did not serve the request of this name, which has handed on the work. If that was a worker
 *     of a queue that several requests fill, it may have worked for another one
 */
public record Request(String name, String traceId, String spanId, boolean handedOn) {

    /** Nothing is known of it. */
    public static final Request UNKNOWN = new Request("", "", "", false);

    /** A request of which no trace is known. */
    public static Request named(String name) {
        return name.isEmpty() ? UNKNOWN : new Request(name, "", "", false);
    }

    /** The same trace, and the name of the request that has handed on the work; empty if that is not known. */
    public Request handedOnBy(String known) {
        return known.isEmpty() ? this : new Request(known, traceId, spanId, true);
    }

    /** The same request, with the ids of the trace that it was of. */
    public Request withTrace(String trace, String span) {
        return new Request(name, trace, span, handedOn);
    }

    /**
     * {@code GET /orders/{id}, trace 0af7651916cd43dd8448eb211c80319c}, for people; empty if nothing is known.
     * {@code (handed on)} is behind the name of a request that has handed on the work.
     */
    public String text() {
        return RequestText.of(handedOn ? name + " (handed on)" : name, traceId);
    }

    /** The address of the trace; in the template, {@code {traceId}} and {@code {spanId}} stand for the ids. */
    public String link(String template) {
        return template.replace("{traceId}", traceId).replace("{spanId}", spanId);
    }

    /** Whether neither its name nor its trace is known. */
    public boolean isUnknown() {
        return name.isEmpty() && traceId.isEmpty();
    }
}
