package io.stallsight.engine.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A class through which an object of the application is met that the agent's numbers can be shown by.
 *
 * @param field static field that has the object, for a JVM that ran before the agent; null if there is none
 */
public record HostRule(
        String className, Role role, @Nullable String field) {

    /** What the object is. */
    public enum Role {
        /** A {@code MeterRegistry} of Micrometer. */
        MICROMETER,
        /** An {@code OpenTelemetry} of its API. */
        OPEN_TELEMETRY,
        /** The platform's {@code MBeanServer}. */
        MBEAN_SERVER
    }
}
