package io.stallsight.engine.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A class of worker threads that tells what its pool is for.
 *
 * @param title the name of the pool
 * @param mounted path from the worker to the thread that it lends itself to, whose stack tells more than its own
 */
public record WorkerRule(
        String className, String title, @Nullable String mounted) {}
