package io.stallsight.engine.loop;

import io.stallsight.hook.StallsightHistogram;
import io.stallsight.hook.StallsightQueue;

/**
 * How long what became ready in an interval had to wait for its loop.
 *
 * <p>By busy periods ({@link #ofTicks}): who comes at a random moment while the loop is busy waits for the end of the
 * busy period, so the share of the arrivals that wait longer than x is the sum of max(0, d - x) over all periods d,
 * divided by the time; who comes while the loop is idle does not wait. No probe is needed.
 *
 * <p>By tasks whose wait was measured ({@link #ofWaits}): one in a while, so a long wait stands for those that queued
 * behind it, one each millisecond, which waited ever less.
 *
 * <p>Either way a loop that stands still for 3 s has 3 s of lag and a share of waiters to match, not one late probe (no
 * "coordinated omission": Gil Tene, "How NOT to Measure Latency"). The running period, or the task that still waits, is
 * part of it with its present age.
 */
public final class Lag {

    private static final int HALVINGS = 40;
    private static final double MILLI = 1e6;

    private final long[] counts;
    private final long running;
    private final boolean waits;

    /** The only buckets that are looked at, again and again. */
    private final int lowest;

    private final int highest;
    private final double total;
    private final long max;

    private Lag(long[] counts, long running, long interval, boolean waits) {
        this.counts = counts;
        this.running = running;
        this.waits = waits;
        long longest = running;
        int first = counts.length;
        int last = -1;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                longest = Math.max(longest, Distribution.middle(i));
                first = Math.min(first, i);
                last = i;
            }
        }
        this.lowest = first;
        this.highest = last;
        this.max = longest;
        this.total = Math.max((double) interval, beyond(-1));
    }

    /**
     * @param counts of busy periods by bucket of {@link StallsightHistogram}
     * @param running age of the running period, 0 if there is none
     * @param interval nanoseconds
     */
    static Lag ofTicks(long[] counts, long running, long interval) {
        return new Lag(counts, running, interval, false);
    }

    /**
     * @param counts of the waits of sampled tasks ({@link StallsightQueue}) by bucket
     * @param waiting age of the sample that still waits, 0 if there is none
     */
    public static Lag ofWaits(long[] counts, long waiting) {
        return new Lag(counts, waiting, 0, true);
    }

    public long max() {
        return max;
    }

    /** Nanoseconds that this share did not exceed. */
    public long quantile(double quantile) {
        double late = (1 - quantile) * total;
        if (beyond(0) <= late) {
            return 0;
        }
        double low = 0;
        double high = max;
        for (int i = 0; i < HALVINGS && high - low > 1_000; i++) {
            double middle = (low + high) / 2;
            if (beyond(middle) > late) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (long) high;
    }

    /** The weight of those that waited longer. */
    private double beyond(double nanos) {
        double sum = running > nanos && running > 0 ? weight((double) running, nanos) : 0;
        for (int i = highest; i >= lowest; i--) {
            if (counts[i] > 0) {
                double period = Distribution.middle(i);
                if (period <= nanos) {
                    break;
                }
                sum += counts[i] * weight(period, nanos);
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
        return period < StallsightQueue.SHORT_LIMIT ? 1 + StallsightQueue.SKIP : 1 + (period - from) / MILLI;
    }
}
