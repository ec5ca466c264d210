package io.stallsight.engine.picture;

import java.util.concurrent.TimeUnit;

/**
 * Turns the times of facts into wall time. The two clocks of a running JVM are read once, together: if the wall clock
 * is set later, no fact moves against another one.
 *
 * @param offset nanoseconds from a time of a fact to the same time since 1970
 */
public record WallClock(long offset) {

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** Of facts whose times are of {@link System#nanoTime()}. */
    public static WallClock ofRunningJvm() {
        return new WallClock(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime());
    }

    /** Of facts whose times are nanoseconds since 1970 already. */
    public static WallClock ofRecording() {
        return new WallClock(0);
    }

    /** Milliseconds since 1970. */
    public long millis(long nanos) {
        return Math.floorDiv(nanos + offset, NANOS_PER_MILLI);
    }
}
