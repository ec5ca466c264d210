package io.stallsight.it.lab;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What was really done to a loop. Times are nanoseconds since 1970.
 *
 * @param asked how long it was to be
 * @param cpu of the loop's thread in this time, 0 if not measured
 * @param note the lock's holder, the number of tasks, the nanoseconds of sleep in a mixture, the end of a collection
 */
record Truth(
        int id,
        Injected injected,
        String loop,
        long asked,
        String thread,
        long start,
        long end,
        long cpu,
        String note) {

    /** What is shorter may or may not be a stall: the agent's threshold, and the accuracy of this test's clocks. */
    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(105);

    /** A sleep that goes on for so long after a collection was not made longer by it. */
    private static final long OUTLASTS = TimeUnit.MILLISECONDS.toNanos(50);

    /** What the program says after {@code TRUTH}. */
    static Truth parse(int id, Injected injected, String loop, long millis, String text) {
        String[] fields = text.split("\\|", -1);
        return new Truth(
                id,
                injected,
                loop,
                TimeUnit.MILLISECONDS.toNanos(millis),
                fields[0],
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                fields[4]);
    }

    long nanos() {
        return end - start;
    }

    /**
     * Whether the machine did what was asked of it: competitors that are not scheduled themselves starve nobody, a busy
     * machine starves who should compute, and a collection there may take longer than a sleep.
     */
    boolean cameTrue() {
        return nanos() > STALL
                && switch (injected) {
                    case STARVED, THROTTLED -> nanos() - cpu > 0.6 * nanos();
                    case CPU, NATIVE, SMALL_TASKS -> cpu > 0.6 * nanos();
                    case MIXED -> {
                        long slept = Long.parseLong(note);
                        yield slept > 1.2 * cpu && slept > 1.2 * (nanos() - slept - cpu);
                    }
                    case SLEEP, JDBC, SYNCHRONIZED, LOCK -> nanos() < 1.5 * asked;
                    case SLEEP_OVER_GC -> end - Long.parseLong(note) > OUTLASTS;
                    case GC, SUSPENDED -> true;
                };
    }

    @Override
    public String toString() {
        return "#%d %s on %s (%s): %d ms, of these %d ms on a CPU%s"
                .formatted(
                        id,
                        injected,
                        loop,
                        thread,
                        Duration.ofNanos(nanos()).toMillis(),
                        Duration.ofNanos(cpu).toMillis(),
                        note.isEmpty() ? "" : ", " + note);
    }
}
