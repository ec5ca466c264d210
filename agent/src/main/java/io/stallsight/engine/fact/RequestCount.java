package io.stallsight.engine.fact;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Requests of one name that waited for something, or keep it from others.
 *
 * @param request their name, as that of {@link Request}
 */
public record RequestCount(String request, int count) {

    /** The name of those whose name is not known. */
    public static final String UNKNOWN = "(unknown)";

    /** {@code 36 GET /hello}. */
    public String text() {
        return count + " " + request;
    }

    /** What {@link #text} has written. */
    public static RequestCount parse(String text) {
        int end = text.indexOf(' ');
        return new RequestCount(text.substring(end + 1), Integer.parseInt(text.substring(0, end)));
    }

    /** {@code 36 GET /hello, 2 GET /orders/{id}}, for people; empty if there are none. */
    public static String text(List<RequestCount> counts) {
        return counts.stream().map(RequestCount::text).collect(Collectors.joining(", "));
    }
}
