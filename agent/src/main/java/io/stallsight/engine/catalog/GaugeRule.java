package io.stallsight.engine.catalog;

import org.jspecify.annotations.Nullable;

/**
 * How an executor tells what waits for it: public methods without parameters that return a number and that any thread
 * may call.
 *
 * @param pending tasks in its queue
 * @param channels that are registered with it
 */
public record GaugeRule(
        String className,
        @Nullable String pending,
        @Nullable String channels) {}
