package io.stallsight.engine.fact;

import io.stallsight.text.RequestText;

/**
 * The request that a thread worked for.
 *
 * @param name {@code GET /orders/{id}}; empty if it is not known
 * @param traceId of its trace, 32 or 16 hexadecimal digits; empty if no tracer of the application knows one
 * @param spanId of the span that was current, 16 hexadecimal digits; empty if there is no trace
 */
public record Request(String name, String traceId, String spanId) {

    /** Nothing is known of it. */
    public static final Request UNKNOWN = new Request("", "", "");

    /** A request of which no trace is known. */
    public static Request named(String name) {
        return name.isEmpty() ? UNKNOWN : new Request(name, "", "");
    }

    /** {@code GET /orders/{id}, trace 0af7651916cd43dd8448eb211c80319c}, for people; empty if nothing is known. */
    public String text() {
        return RequestText.of(name, traceId);
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
