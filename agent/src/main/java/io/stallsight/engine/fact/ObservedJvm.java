package io.stallsight.engine.fact;

import org.jspecify.annotations.Nullable;

/**
 * The JVM whose facts these are, and the settings that a reader of the facts needs. An output reads it when it needs
 * it, as it seldom changes.
 *
 * @param pid -1 if not known
 * @param name its main class or jar
 * @param java version of the JDK
 * @param agent version of the agent; null if there was none
 * @param started milliseconds since 1970
 * @param mode null if there was no agent
 * @param stallThreshold nanoseconds
 * @param detail whether what may hold data of users is shown: {@code shape} or {@code full}
 */
public record ObservedJvm(
        long pid,
        String name,
        String java,
        @Nullable String agent,
        long started,
        @Nullable String mode,
        long stallThreshold,
        int cpus,
        String detail) {}
