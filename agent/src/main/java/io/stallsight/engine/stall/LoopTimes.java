package io.stallsight.engine.stall;

import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightLoop;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's times of every loop, read ten times a second: so a stall has times to compare with that the watching
 * thread saw late, or not at all. Used by the watching thread.
 */
final class LoopTimes {

    private static final long READ_PERIOD = TimeUnit.MILLISECONDS.toNanos(100);

    private final NonBlockingThreads threads;
    private final IdentityHashMap<Thread, TimesAt> times = new IdentityHashMap<>();
    private long lastRead = System.nanoTime() - READ_PERIOD;

    LoopTimes(NonBlockingThreads threads) {
        this.threads = threads;
    }

    /** The times at the last reading; null if there are none. */
    @Nullable
    TimesAt of(Thread thread) {
        return times.get(thread);
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
        if (now - lastRead < READ_PERIOD) {
            return;
        }
        long sinceLast = now - lastRead;
        lastRead = now;
        times.keySet().removeIf(thread -> !thread.isAlive());
        for (NonBlockingThreads.Entry entry : threads.all()) {
            StallsightLoop loop = entry.ticks();
            if (loop == null) {
                continue;
            }
            loop.pace(sinceLast);
            ThreadTimes read = ThreadTimes.of(loop.nativeId());
            if (read != null && !isLate.test(entry.thread())) {
                long at = System.nanoTime();
                long start = loop.start();
                long running = start == 0 ? 0 : Math.max(0, at - start);
                times.put(entry.thread(), new TimesAt(at, read, loop.busy() + running));
            }
        }
    }
}
