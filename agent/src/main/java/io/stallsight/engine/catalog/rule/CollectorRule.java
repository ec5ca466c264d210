package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import io.stallsight.text.Glob;

/**
 * Garbage collectors.
 *
 * @param name of their beans
 * @param times what their beans measure
 */
public record CollectorRule(Glob name, Times times) implements Rule {

    /** What the bean of a collector measures. */
    public enum Times {
        /** Stops of the application. */
        PAUSES,
        /** Work during which the application runs. */
        CONCURRENT_WORK
    }

    public static CollectorRule read(CatalogEntry entry) {
        return new CollectorRule(
                new Glob(entry.required("name")), entry.flag("pauses", true) ? Times.PAUSES : Times.CONCURRENT_WORK);
    }
}
