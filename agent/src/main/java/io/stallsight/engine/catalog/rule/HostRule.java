package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import org.jspecify.annotations.Nullable;

/**
 * A class through which the agent meets an object of the application that can show the agent's numbers, or that knows
 * the current trace.
 *
 * @param field static field that has the object in a JVM that ran before the agent; null if there is none
 */
public record HostRule(
        String className, Role role, @Nullable String field) implements Rule {

    /** The kind of the object. */
    public enum Role {
        /** A {@code MeterRegistry} of Micrometer. */
        MICROMETER,
        /** An {@code OpenTelemetry} of its API. */
        OPEN_TELEMETRY,
        /** The platform's {@code MBeanServer}. */
        MBEAN_SERVER,
        /** What section {@code traces} reads the current trace from. */
        TRACER
    }

    public static HostRule read(CatalogEntry entry) {
        return new HostRule(entry.required("class"), entry.requiredConstant("role", Role.class), entry.text("field"));
    }
}
