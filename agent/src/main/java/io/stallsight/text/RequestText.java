package io.stallsight.text;

/** A request and its trace, for people. */
public final class RequestText {

    private RequestText() {}

    /** {@code GET /orders/{id}, trace 0af7651916cd43dd8448eb211c80319c}; empty if both are. */
    public static String of(String name, String traceId) {
        if (traceId.isEmpty()) {
            return name;
        }
        return (name.isEmpty() ? "" : name + ", ") + "trace " + traceId;
    }
}
