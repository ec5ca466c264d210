package io.stallsight.engine.jfr;

import io.stallsight.hook.StallsightHook;
import java.lang.reflect.Field;
import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;

/**
 * Gives an event a start and a duration in the past. JFR keeps both in fields that it adds to the event class
 * ({@code startTime}, {@code duration}; the same on JDK 17 and 25), in ticks of its own clock. What the clock counts is
 * known only once a recording runs, so it is compared with {@link System#nanoTime()} at the first event, for a moment,
 * and from then on ever more exactly. On a JDK without these fields the event is one of its end.
 */
final class EventTimes {

    /** Nanoseconds; the clocks are read within one of them, so the ratio is right to a thousandth. */
    private static final long CALIBRATION = 300_000L;

    /** Two readings of clocks with more between them are too far apart: the thread had lost its CPU. */
    private static final long AT_ONCE = 5_000L;

    private static final int MOST_TRIES = 5;

    private final @Nullable Field start;
    private final @Nullable Field duration;
    private boolean calibrated;
    private long firstTicks;
    private long firstNanos;

    EventTimes(Class<? extends Event> type) {
        Field startField = null;
        Field durationField = null;
        try {
            startField = type.getDeclaredField("startTime");
            durationField = type.getDeclaredField("duration");
            startField.setAccessible(true);
            durationField.setAccessible(true);
        } catch (ReflectiveOperationException | RuntimeException moved) {
            StallsightHook.suppress(moved);
            startField = null;
        }
        start = startField;
        duration = durationField;
    }

    private synchronized void calibrate(Event event, Field startField) throws IllegalAccessException {
        if (calibrated) {
            return;
        }
        firstNanos = begin(event);
        firstTicks = startField.getLong(event);
        while (System.nanoTime() - firstNanos < CALIBRATION) {
            Thread.onSpinWait();
        }
        calibrated = true;
    }

    /** Lets JFR read its clock, and returns the time at which it did. */
    private static long begin(Event event) {
        long before = 0;
        long after = Long.MAX_VALUE;
        for (int i = 0; i < MOST_TRIES && after - before > AT_ONCE; i++) {
            before = System.nanoTime();
            event.begin();
            after = System.nanoTime();
        }
        return after;
    }

    /**
     * Sets the times of an event that is about to be committed.
     *
     * @param from {@link System#nanoTime()}
     * @param nanos how long it took
     */
    void set(Event event, long from, long nanos) {
        event.begin();
        event.end();
        if (start == null || duration == null) {
            return;
        }
        try {
            if (!calibrated) {
                calibrate(event, start);
            }
            long now = begin(event);
            long ticks = start.getLong(event);
            double ticksPerNano = (double) (ticks - firstTicks) / (now - firstNanos);
            long begun = ticks - (long) ((now - from) * ticksPerNano);
            start.setLong(event, begun);
            duration.setLong(event, Math.max(1, (long) (nanos * ticksPerNano)));
        } catch (IllegalAccessException e) {
            StallsightHook.suppress(e);
        }
    }
}
