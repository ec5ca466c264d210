package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import org.jspecify.annotations.Nullable;

/**
 * How to find the pool of a worker thread of a class.
 *
 * @param title the name of the pool; null if its threads' names are good enough
 * @param pool path from a thread to its pool; another object may be there; null if there is none
 * @param mounted path from the worker to the thread that it runs, whose stack says more than its own; null if there is
 *     none
 */
public record WorkerRule(
        String className,
        @Nullable String title,
        @Nullable String pool,
        @Nullable String mounted) implements Rule {

    public static WorkerRule read(CatalogEntry entry) {
        return new WorkerRule(entry.required("class"), entry.text("title"), entry.text("pool"), entry.text("mounted"));
    }
}
