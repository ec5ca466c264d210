package io.stallsight.engine.catalog;

/**
 * A class of worker threads that tells what its pool is for.
 *
 * @param title the kind of pool, and its name
 */
public record WorkerRule(String className, String title) {}
