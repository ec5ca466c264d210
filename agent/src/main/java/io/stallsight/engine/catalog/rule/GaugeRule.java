package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import org.jspecify.annotations.Nullable;

/**
 * How to read what waits for an event loop: public methods without parameters that any thread may call.
 *
 * @param className of the loop's executor
 * @param pending number of tasks in its queue; null if it has no such method
 * @param channels number of channels that are registered with it; null if it has no such method
 */
public record GaugeRule(
        String className,
        @Nullable String pending,
        @Nullable String channels) implements Rule {

    public static GaugeRule read(CatalogEntry entry) {
        return new GaugeRule(entry.required("class"), entry.text("pending"), entry.text("channels"));
    }
}
