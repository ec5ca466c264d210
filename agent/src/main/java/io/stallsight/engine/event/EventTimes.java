package io.stallsight.engine.event;

import io.stallsight.hook.StallsightErrors;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;

/**
 * Gives an event a start and a duration in the past. So an event is made only when something is reported, and nothing
 * of JFR runs on the way there.
 *
 * <p>JFR keeps both times in fields that it adds to the event class ({@code startTime} and {@code duration}, the same
 * on JDK 17 and 25), in ticks of its own clock. {@code JVM.getTicksFrequency} says how many ticks make a second; a
 * reader of a recording divides by the same number, so a duration is read as it was measured. The start is found from
 * both clocks, read at once. On a JDK without these members an event has no duration.
 *
 * <p>Thread-safe. Needs package {@code jdk.jfr.internal} to be open to the engine.
 */
final class EventTimes {

    /** Nanoseconds. A thread that takes longer from one clock to the other has lost its CPU between them. */
    private static final long AT_ONCE_LIMIT = 5_000L;

    private static final int MAX_TRIES = 5;

    private final @Nullable Field start;
    private final @Nullable Field duration;

    /** 0 until the first event: JFR's clock stands still before a recording runs. */
    private volatile double ticksPerNano;

    EventTimes(Class<? extends Event> type) {
        Field startField = null;
        Field durationField = null;
        try {
            startField = type.getDeclaredField("startTime");
            durationField = type.getDeclaredField("duration");
            startField.setAccessible(true);
            durationField.setAccessible(true);
        } catch (ReflectiveOperationException | RuntimeException moved) {
            StallsightErrors.suppress(moved);
            startField = null;
        }
        start = startField;
        duration = durationField;
    }

    /**
     * Sets the times of an event that is about to be committed. To be called only while a recording runs.
     *
     * @param from {@link System#nanoTime()}
     * @param nanos how long it took
     */
    void set(Event event, long from, long nanos) {
        if (start == null || duration == null) {
            event.begin();
            event.end();
            return;
        }
        try {
            double rate = ticksPerNano;
            if (rate == 0) {
                rate = (double) ticksPerSecond() / TimeUnit.SECONDS.toNanos(1);
                ticksPerNano = rate;
            }
            long age = readClock(event) - from;
            start.setLong(event, start.getLong(event) - (long) (age * rate));
            duration.setLong(event, Math.max(1, Math.round(nanos * rate)));
        } catch (ReflectiveOperationException | RuntimeException moved) {
            StallsightErrors.suppress(moved);
        }
    }

    /** Lets JFR read its clock into {@code event}, and returns {@link System#nanoTime()} of that moment. */
    private static long readClock(Event event) {
        long before = 0;
        long after = Long.MAX_VALUE;
        for (int i = 0; i < MAX_TRIES && after - before > AT_ONCE_LIMIT; i++) {
            before = System.nanoTime();
            event.begin();
            after = System.nanoTime();
        }
        return after;
    }

    private static long ticksPerSecond() throws ReflectiveOperationException {
        Class<?> jvm = Class.forName("jdk.jfr.internal.JVM");
        Method frequency = jvm.getDeclaredMethod("getTicksFrequency");
        frequency.setAccessible(true);
        boolean needsInstance = !Modifier.isStatic(frequency.getModifiers()); // before JDK 22
        return (long)
                frequency.invoke(needsInstance ? jvm.getDeclaredMethod("getJVM").invoke(null) : null);
    }
}
