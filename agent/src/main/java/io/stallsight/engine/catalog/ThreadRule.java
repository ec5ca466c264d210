package io.stallsight.engine.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which threads must not block.
 *
 * @param className the thread's class, a superclass or an interface of it, or null
 * @param name glob of the thread's name, or null
 * @param predicate {@code class#method} of a static method from Thread to boolean that is asked at each call, or null
 * @param blocks these threads may block, whatever else is known of them
 */
public record ThreadRule(
        @Nullable String className,
        @Nullable String name,
        @Nullable String predicate,
        boolean blocks,
        String reason) {}
