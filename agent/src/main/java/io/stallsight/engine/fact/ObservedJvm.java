package io.stallsight.engine.fact;

import java.time.DateTimeException;
import java.time.ZoneId;
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
 * @param zone id of the time zone in which the service's own log has its times
 * @param detail whether what may hold data of users is shown: {@code shape} or {@code full}
 * @param traceUrl see {@link Request#link}; null if there is none
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
        String zone,
        String detail,
        @Nullable String traceUrl) {

    /** The zone; that of this JVM if it does not know such a zone. */
    public ZoneId zoneId() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            return ZoneId.systemDefault();
        }
    }
}
