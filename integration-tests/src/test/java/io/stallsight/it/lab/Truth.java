package io.stallsight.it.lab;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The true stall of a loop. Times are nanoseconds since 1970.
 *
 * @param asked the requested duration
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

    /** A shorter one may or may not be a stall: the agent's threshold, plus the accuracy of this test's clocks. */
    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(105);

    /** If a sleep goes on for this time after a collection, the collection did not make it longer. */
    private static final long MIN_OUTLAST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The text of the program after {@code TRUTH}. */
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
     * Returns whether the stall went as requested. It may not: competitors without a CPU cannot starve the loop, and on
     * a busy machine a computation loses the CPU and a collection may take longer than a sleep.
     */
    boolean wentAsRequested() {
        return nanos() > STALL
                && switch (injected) {
                    case STARVED, THROTTLED -> nanos() - cpu > 0.6 * nanos();
                    case CPU, NATIVE, SMALL_TASKS -> cpu > 0.6 * nanos();
                    case MIXED -> {
                        long slept = Long.parseLong(note);
                        yield slept > 1.2 * cpu && slept > 1.2 * (nanos() - slept - cpu);
                    }
                    case SLEEP, JDBC, SYNCHRONIZED, LOCK -> nanos() < 1.5 * asked;
                    case SLEEP_OVER_GC -> end - Long.parseLong(note) > MIN_OUTLAST_NANOS;
                    case SUSPENDED -> cpu < 0.4 * nanos(); // it computes until the stop, which may come late
                    case GC -> true;
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
