package io.stallsight.engine.lag;

import io.stallsight.hook.StallsightHistogram;
import io.stallsight.hook.StallsightQueue;

/**
 * How long the tasks that became ready in an interval had to wait: quantiles of a wait that nobody has measured for
 * each task.
 *
 * <p>The problem: a probe that is queued once a second sees a loop that stands still for 3 s as one late probe of many
 * punctual ones, and the worst moments weigh least ("coordinated omission": Gil Tene, "How NOT to Measure Latency").
 *
 * <p>The algorithm. From busy periods ({@link #ofTicks}): an arrival at a random moment while the loop is busy waits
 * for the end of the busy period. So the share of arrivals that wait longer than {@code x} is the sum of {@code max(0,
 * d - x)} over all busy periods {@code d}, divided by the length of the interval. An arrival while the loop is idle
 * does not wait. A quantile is found by halving the range in which it must lie. From measured waits ({@link #ofWaits}):
 * one task in a while is timed, so a long wait stands for those that queued behind it, one each millisecond, each of
 * which waited a millisecond less.
 *
 * <p>What always holds: the running period, or the task that still waits, is part of it with its present age. So a loop
 * that stands still for 3 s has 3 s of lag, and a share of waiters to match. What is given up: durations are known by
 * bucket ({@link StallsightHistogram}), and tasks are taken to arrive evenly.
 */
public final class Lag {

    private static final int MAX_HALVINGS = 40;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Counts counts;
    private final long running;
    private final boolean waits;

    private final double total;
    private final long max;

    private Lag(Counts counts, long running, long interval, boolean waits) {
        this.counts = counts;
        this.running = running;
        this.waits = waits;
        this.max = Math.max(running, counts.max());
        this.total = Math.max((double) interval, beyond(-1));
    }

    /**
     * @param counts of busy periods
     * @param running age of the running period, 0 if there is none
     * @param interval nanoseconds
     */
    public static Lag ofTicks(Counts counts, long running, long interval) {
        return new Lag(counts, running, interval, false);
    }

    /**
     * @param counts of the waits of sampled tasks ({@link StallsightQueue})
     * @param waiting age of the sample that still waits, 0 if there is none
     */
    public static Lag ofWaits(Counts counts, long waiting) {
        return new Lag(counts, waiting, 0, true);
    }

    /** Nanoseconds. */
    public long max() {
        return max;
    }

    /** The wait, in nanoseconds, that this share of the arrivals did not exceed. */
    public long quantile(double quantile) {
        double late = (1 - quantile) * total;
        if (beyond(0) <= late) {
            return 0;
        }
        double low = 0;
        double high = max;
        for (int i = 0; i < MAX_HALVINGS && high - low > 1_000; i++) {
            double middle = (low + high) / 2;
            if (beyond(middle) > late) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (long) high;
    }

    /** The share of the arrivals that waited longer; 0 if there was none. */
    double share(double nanos) {
        return total > 0 ? beyond(nanos) / total : 0;
    }

    /** The mean wait of the arrivals, nanoseconds; 0 if there was none. */
    double mean() {
        double sum = 0;
        for (int i = counts.lowest(); i <= counts.highest(); i++) {
            if (counts.count(i) > 0) {
                double period = Counts.middle(i);
                // of a long wait, the arrivals behind it wait half as long on average
                double even =
                        waits && period < StallsightQueue.SHORT_LIMIT ? weight(period, 0) : weight(period, period);
                sum += counts.count(i) * period * (even + (weight(period, 0) - even) / 2);
            }
        }
        return total > 0 ? sum / total : 0;
    }

    /** The weight of the arrivals that waited longer. */
    private double beyond(double nanos) {
        double sum = running > nanos && running > 0 ? weight((double) running, nanos) : 0;
        for (int i = counts.highest(); i >= counts.lowest(); i--) {
            if (counts.count(i) > 0) {
                double period = Counts.middle(i);
                if (period <= nanos) {
                    break;
                }
                sum += counts.count(i) * weight(period, nanos);
            }
        }
        return sum;
    }

    private double weight(double period, double nanos) {
        double from = Math.max(nanos, 0);
        if (!waits) {
            return period - from;
        }
        // after a short wait, a number of tasks is not sampled
        return period < StallsightQueue.SHORT_LIMIT ? 1 + StallsightQueue.SKIP : 1 + (period - from) / NANOS_PER_MILLI;
    }
}
