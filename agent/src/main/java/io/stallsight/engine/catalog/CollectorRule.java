package io.stallsight.engine.catalog;

import io.stallsight.text.Glob;

/**
 * Garbage collectors.
 *
 * @param name of their beans
 * @param times what their beans measure
 */
record CollectorRule(Glob name, Times times) implements Rule {

    /** What the bean of a collector measures. */
    enum Times {
        /** Stops of the application. */
        PAUSES,
        /** Work during which the application runs. */
        CONCURRENT_WORK
    }

    static CollectorRule read(CatalogEntry entry) {
        return new CollectorRule(
                new Glob(entry.required("name")), entry.flag("pauses", true) ? Times.PAUSES : Times.CONCURRENT_WORK);
    }
}
