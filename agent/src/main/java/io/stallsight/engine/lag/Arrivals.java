package io.stallsight.engine.lag;

import io.stallsight.engine.fact.Histogram;
import io.stallsight.hook.StallsightHistogram;
import io.stallsight.hook.StallsightQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lag of one loop as a histogram whose counts add up over time and over loops. Used by the sampling thread.
 *
 * <p><b>Problem.</b> {@link Lag} has quantiles of one interval. They cannot be added, and they show the running tick
 * with its present age in each interval: counts made of them would have the same wait several times.
 *
 * <p><b>Algorithm.</b> One task is taken to arrive each millisecond. An arrival while the loop is idle does not wait;
 * an arrival in a tick waits for its end. So a tick of length {@code d} is {@code d} milliseconds of arrivals, whose
 * waits are spread evenly from 0 to {@code d}, and {@code d - x} of them wait longer than {@code x}. A tick counts in
 * the interval in which it ends. Waits of tasks that were measured in the loop's queue count in the same way; of the
 * two, the larger number of arrivals beyond a bound counts. What is left of the interval is idle time.
 *
 * <p><b>Invariants.</b> Without waits in the queue, the counts of all intervals and the running tick together are
 * exactly the time that has passed. Once a running tick is older than the highest bound, its oldest arrivals belong to
 * the last bucket whatever happens, and count at once: a loop that never returns is seen.
 *
 * <p><b>Given up.</b> The length of a tick is known by bucket of {@link StallsightHistogram}, which is 6 % wide; if the
 * ticks of an interval add up to more than its time, they are scaled down. A task that waited in the queue over several
 * intervals counts in the last one, besides the time of the others.
 */
public final class Arrivals {

    private static final double PERIOD = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long HIGHEST = Histogram.bound(Histogram.BOUNDS - 1);

    private static final Counts NONE = new Counts();

    /** Time in the running tick that has not been counted, at the last call. */
    private long pending;

    /** Time in the running tick that is in the last bucket already. */
    private long counted;

    /**
     * The arrivals of an interval.
     *
     * @param ticks that ended in it
     * @param running age of the running tick, 0 if there is none
     * @param interval nanoseconds
     * @param waits measured in the loop's queue; null if there is no queue
     */
    public Histogram next(Counts ticks, long running, long interval, @Nullable Counts waits) {
        long early = 0;
        if (running <= interval) { // another tick than that of the last call, which has ended
            early = counted;
            counted = 0;
        }
        long late = Math.max(0, running - HIGHEST - counted);
        counted += late;
        double time = (double) interval + pending;
        pending = running - counted;
        time = Math.max(0, time - pending);

        double inTicks = Math.max(0, beyond(ticks, 0) - early);
        double scale = inTicks > time - late ? Math.max(0, time - late) / inTicks : 1;
        Lag measured = Lag.ofWaits(waits == null ? NONE : waits, 0);
        double[] beyond = new double[Histogram.BOUNDS + 1];
        for (int i = 0; i <= Histogram.BOUNDS; i++) {
            long nanos = i == 0 ? 0 : Histogram.bound(i - 1);
            beyond[i] = scale * Math.max(0, beyond(ticks, nanos) - early) + late;
            if (waits != null) {
                beyond[i] = Math.max(beyond[i], Math.max(beyond(waits, nanos), measured.share((double) nanos) * time));
            }
        }
        double sum = Math.max(0, scale * triangles(ticks) - (double) early * HIGHEST) + (double) late * HIGHEST;
        if (waits != null) {
            sum = Math.max(sum, Math.max(triangles(waits), measured.mean() * time));
        }
        Histogram.Builder built = new Histogram.Builder();
        double idle = Math.max(0, time - beyond[0]);
        for (int i = 0; i < Histogram.BOUNDS; i++) {
            built.add(i, (beyond[i] - beyond[i + 1] + (i == 0 ? idle : 0)) / PERIOD, 0);
        }
        return built.add(Histogram.BOUNDS, beyond[Histogram.BOUNDS] / PERIOD, sum / PERIOD)
                .build();
    }

    /** Time in which an arrival waits longer than {@code nanos}. */
    private static double beyond(Counts periods, long nanos) {
        double sum = 0;
        for (int i = Math.max(periods.lowest(), StallsightHistogram.bucket(nanos)); i <= periods.highest(); i++) {
            if (periods.count(i) > 0) {
                sum += periods.count(i) * (double) Math.max(0, Counts.middle(i) - nanos);
            }
        }
        return sum;
    }

    /** The waits of all arrivals in these periods: half of the square of each. */
    private static double triangles(Counts periods) {
        double sum = 0;
        for (int i = periods.lowest(); i <= periods.highest(); i++) {
            if (periods.count(i) > 0) {
                double period = Counts.middle(i);
                sum += periods.count(i) * period * period / 2;
            }
        }
        return sum;
    }

    /** Durations as they were counted by a hook. */
    public static Histogram ofAll(Counts counts) {
        Histogram.Builder built = new Histogram.Builder();
        for (int i = counts.lowest(); i <= counts.highest(); i++) {
            if (counts.count(i) > 0) {
                double times = (double) counts.count(i);
                built.add(bucketOf(i), times, times * Counts.middle(i));
            }
        }
        return built.build();
    }

    /**
     * The waits of all tasks of a queue, of which some were measured. After a short wait, {@link StallsightQueue#SKIP}
     * tasks are not looked at, and count like it. A long wait stands for those that queued behind it, one each
     * millisecond, each of which waited a millisecond less ({@link Lag}).
     */
    public static Histogram ofSampled(Counts counts) {
        Histogram.Builder built = new Histogram.Builder();
        for (int i = counts.lowest(); i <= counts.highest(); i++) {
            if (counts.count(i) > 0) {
                addSampled(built, Counts.middle(i), bucketOf(i), (double) counts.count(i));
            }
        }
        return built.build();
    }

    /** The bucket that contains the whole bucket of a hook. */
    private static int bucketOf(int hookBucket) {
        return Histogram.bucketOf(StallsightHistogram.lowerBound(hookBucket));
    }

    private static void addSampled(Histogram.Builder to, long wait, int bucket, double times) {
        if (wait < StallsightQueue.SHORT_LIMIT) {
            double tasks = times * (1.0 + StallsightQueue.SKIP);
            to.add(bucket, tasks, tasks * wait);
            return;
        }
        to.add(bucket, times, times * wait);
        for (int i = 0; i <= bucket; i++) {
            double from = i == 0 ? 0 : Histogram.bound(i - 1);
            double until = i == bucket ? wait : Math.min(wait, Histogram.bound(i));
            if (until > from) {
                double tasks = times * (until - from) / PERIOD;
                to.add(i, tasks, tasks * (from + until) / 2);
            }
        }
    }
}
