package io.stallsight.engine.jfr;

import io.stallsight.hook.StallsightHook;
import java.lang.reflect.Field;
import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;

/**
 * Gives an event a start and a duration in the past. JFR keeps both in fields that it adds to the event class
 * ({@code startTime}, {@code duration}; the same on JDK 17 and 25), in ticks of its own clock, which is calibrated
 * against {@link System#nanoTime()} here. On a JDK without these fields the event is one of its end.
 */
final class EventTimes {

    private final @Nullable Field start;
    private final @Nullable Field duration;
    private final long firstTicks;
    private final long firstNanos;

    EventTimes(Class<? extends Event> type, Event sample) {
        Field startField = null;
        Field durationField = null;
        long ticks = 0;
        try {
            startField = type.getDeclaredField("startTime");
            durationField = type.getDeclaredField("duration");
            startField.setAccessible(true);
            durationField.setAccessible(true);
            sample.begin();
            ticks = startField.getLong(sample);
        } catch (ReflectiveOperationException | RuntimeException moved) {
            StallsightHook.suppress(moved);
            startField = null;
        }
        start = startField;
        duration = durationField;
        firstTicks = ticks;
        firstNanos = System.nanoTime();
    }

    /**
     * Sets the times of an event that is about to be committed.
     *
     * @param from {@link System#nanoTime()}
     * @param nanos how long it took
     */
    void set(Event event, long from, long nanos) {
        event.begin();
        long now = System.nanoTime();
        event.end();
        if (start == null || duration == null) {
            return;
        }
        try {
            long ticks = start.getLong(event);
            double ticksPerNano =
                    now - firstNanos < 1_000_000_000L ? 1 : (double) (ticks - firstTicks) / (now - firstNanos);
            long begun = ticks - (long) ((now - from) * ticksPerNano);
            start.setLong(event, begun);
            duration.setLong(event, Math.max(1, (long) (nanos * ticksPerNano)));
        } catch (IllegalAccessException e) {
            StallsightHook.suppress(e);
        }
    }
}
