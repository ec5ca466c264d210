package io.stallsight.it.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;

/**
 * A {@code stallsight.LoopStall} event. Times are in nanoseconds, points in time in nanoseconds since 1970.
 *
 * @param stopped time in which the JVM or the system stopped the thread: collections, safepoints, no CPU
 */
record LoopStall(
        long id,
        String thread,
        boolean ongoing,
        long start,
        long nanos,
        String cause,
        String site,
        String api,
        String lockOwner,
        String lockOwnerSite,
        long cpu,
        long blocked,
        long locked,
        long stopped,
        String evidence) {

    static LoopStall of(RecordedEvent event) {
        return new LoopStall(
                event.getLong("stallId"),
                text(event, "name"),
                event.getBoolean("ongoing"),
                epochNanos(event.getStartTime()),
                event.getDuration().toNanos(),
                text(event, "cause"),
                text(event, "site"),
                text(event, "api"),
                text(event, "lockOwner"),
                text(event, "lockOwnerSite"),
                nanos(event, "cpuTime"),
                nanos(event, "blockedTime"),
                nanos(event, "contendedTime"),
                nanos(event, "gcTime") + nanos(event, "safepointTime") + nanos(event, "notScheduledTime"),
                text(event, "evidence"));
    }

    private static long nanos(RecordedEvent event, String field) {
        return event.getDuration(field).toNanos();
    }

    private static String text(RecordedEvent event, String field) {
        return Objects.requireNonNullElse(event.getString(field), "");
    }

    static long epochNanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    long end() {
        return start + nanos;
    }

    /** Nanoseconds of the overlap between this event and the injected stall. */
    long overlap(Truth truth) {
        return thread.equals(truth.thread())
                ? Math.max(0, Math.min(end(), truth.end()) - Math.max(start, truth.start()))
                : 0;
    }

    @Override
    public String toString() {
        return "%s, %d ms on %s%s [%s]"
                .formatted(
                        cause,
                        Duration.ofNanos(nanos).toMillis(),
                        thread,
                        site.isEmpty() ? "" : " at " + site,
                        evidence);
    }
}
