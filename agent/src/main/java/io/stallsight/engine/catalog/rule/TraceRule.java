package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import org.jspecify.annotations.Nullable;

/**
 * How to read the current trace from a host of role {@code TRACER}. Paths lead over public methods without parameters
 * to a text of hexadecimal digits.
 *
 * @param className of the host, or a superclass or interface of it
 * @param current static method, {@code class#method}, whose result the paths begin with, of the same loader as the
 *     host; null if they begin with the host
 * @param trace path to the trace's id
 * @param span path to the span's id
 * @param event path to the method that adds an event to the span, whose text is its only parameter; null if there is
 *     none
 */
public record TraceRule(
        String className,
        @Nullable String current,
        String trace,
        String span,
        @Nullable String event) implements Rule {

    public static TraceRule read(CatalogEntry entry) {
        return new TraceRule(
                entry.required("class"),
                entry.text("current"),
                entry.required("trace"),
                entry.required("span"),
                entry.text("event"));
    }
}
