package io.stallsight.engine.stall;

import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.lag.Arrivals;
import io.stallsight.engine.lag.Distribution;
import io.stallsight.engine.lag.Lag;
import io.stallsight.engine.watch.Interval;
import io.stallsight.hook.StallsightHistogram;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lag and utilization of the scheduler of virtual threads. The watching thread looks, the sampling thread reports.
 *
 * <p>The wait of the oldest ready virtual thread grows until a carrier takes it, and falls to that of the next. Each
 * such peak is a busy period of the scheduler, as a tick is of a loop.
 */
final class SchedulerLag {

    private static final long UNKNOWN = -1;

    private final StallsightHistogram peaks = new StallsightHistogram();
    private final Distribution peaksOfInterval = new Distribution(peaks);
    private final Arrivals arrivals = new Arrivals();
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong busy = new AtomicLong();
    private long last;
    private volatile long age;
    private volatile long waiting;
    private long lastLooks;
    private long lastBusy;
    private boolean begun;

    /**
     * By the watching thread.
     *
     * @param oldest how long a virtual thread has waited at least, nanoseconds
     * @param number virtual threads that wait
     * @param running carriers that are busy
     */
    void look(long oldest, long number, int running) {
        looks.incrementAndGet();
        busy.addAndGet(running);
        if (oldest < last) {
            peaks.add(last);
        }
        last = oldest;
        age = oldest;
        waiting = number;
    }

    /** By the sampling thread. Null for the interval in which the scheduler was found, as for any loop. */
    @Nullable
    LoopSample sample(Interval interval, int carriers) {
        peaksOfInterval.next();
        long looked = looks.get() - lastLooks;
        long ran = busy.get() - lastBusy;
        lastLooks += looked;
        lastBusy += ran;
        if (!begun) {
            begun = true;
            return null;
        }
        long oldest = age;
        Lag lag = Lag.ofTicks(peaksOfInterval.added(), oldest, interval.nanos());
        return new LoopSample(
                interval.end(),
                0,
                Scheduler.NAME,
                Scheduler.NAME,
                lag.quantile(0.5),
                lag.quantile(0.9),
                lag.quantile(0.99),
                lag.max(),
                looked == 0 ? 0 : Math.min(1, (double) ran / looked / Math.max(1, carriers)),
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                waiting,
                UNKNOWN,
                UNKNOWN,
                0,
                oldest,
                arrivals.next(peaksOfInterval.added(), oldest, interval.nanos(), null),
                Histogram.EMPTY);
    }
}
