package io.stallsight.engine.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What a class of threads tells of the pool that they work for.
 *
 * @param title the name of the pool, if its threads' names do not tell it
 * @param pool path from a thread to its pool; what is there may be something else
 * @param mounted path from the worker to the thread that it lends itself to, whose stack tells more than its own
 */
public record WorkerRule(
        String className,
        @Nullable String title,
        @Nullable String pool,
        @Nullable String mounted) {}
