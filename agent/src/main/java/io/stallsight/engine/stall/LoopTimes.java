package io.stallsight.engine.stall;

import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightLoop;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's times of every loop that works, read ten times a second: so a stall has times to compare with that the
 * watching thread saw late, or not at all. Used by the watching thread.
 */
final class LoopTimes {

    private static final long READ_PERIOD = TimeUnit.MILLISECONDS.toNanos(100);

    private final NonBlockingThreads threads;
    private final IdentityHashMap<Thread, Readings> times = new IdentityHashMap<>();
    private long lastRead = System.nanoTime() - READ_PERIOD;

    LoopTimes(NonBlockingThreads threads) {
        this.threads = threads;
    }

    /**
     * The times at the last reading before {@code start}, if it is kept, or else at an early one after it; null if
     * there is none.
     */
    @Nullable
    TimesAt before(Thread thread, long start) {
        Readings kept = times.get(thread);
        return kept == null ? null : kept.before(start);
    }

    /** There are no loops any more. */
    void forget() {
        times.clear();
    }

    /**
     * Reads the times if it is time to, and has each loop measure how fast it ticks.
     *
     * @param isLate true for a thread whose times are compared with those of its start and must stay
     */
    void look(long now, Predicate<Thread> isLate) {
        if (now - lastRead >= READ_PERIOD) {
            read(now, isLate);
        }
    }

    /** Reads the times of all loops; none is late. */
    void read(long now) {
        read(now, thread -> false);
    }

    private void read(long now, Predicate<Thread> isLate) {
        long sinceLast = now - lastRead;
        lastRead = now;
        times.keySet().removeIf(thread -> !thread.isAlive());
        for (NonBlockingThreads.Entry entry : threads.all()) {
            StallsightLoop loop = entry.ticks();
            if (loop != null) {
                loop.pace(sinceLast);
                read(entry, loop, isLate.test(entry.thread()));
            }
        }
    }

    /**
     * A loop that has not ticked since the last reading has the same times, and a reading opens a file. But a thread
     * that changes its role also works without a tick.
     */
    private void read(NonBlockingThreads.Entry entry, StallsightLoop loop, boolean isLate) {
        Thread thread = entry.thread();
        Readings kept = times.get(thread);
        TimesAt last = kept == null ? null : kept.last;
        long start = loop.start();
        boolean isQuiet = !loop.inTick() && last != null && last.busy() == loop.busy();
        if (isQuiet && !entry.changesRole()) {
            return;
        }
        long from = System.nanoTime();
        ThreadTimes read = ThreadTimes.of(loop.nativeId());
        if (read != null) {
            entry.timesRead(from, read);
        }
        if (read != null && !isLate) {
            long at = System.nanoTime();
            long running = start == 0 ? 0 : Math.max(0, at - start);
            times.put(thread, new Readings(new TimesAt(at, read, loop.busy() + running, loop.tasks()), last));
        }
    }

    /** A look that comes late reads first, and then finds a stall that had begun before. */
    record Readings(TimesAt last, @Nullable TimesAt earlier) {

        TimesAt before(long start) {
            return last.at() - start >= 0 && earlier != null ? earlier : last;
        }
    }
}
