package io.stallsight.engine.lag;

import io.stallsight.hook.StallsightHistogram;

/** What was added to a {@link StallsightHistogram} in one interval. Used by one thread. */
public final class Distribution {

    private final StallsightHistogram source;
    private final long[] last = new long[StallsightHistogram.SIZE];
    private final long[] now = new long[StallsightHistogram.SIZE];
    private final long[] added = new long[StallsightHistogram.SIZE];
    private long total;

    public Distribution(StallsightHistogram source) {
        this.source = source;
        source.copyTo(last);
    }

    /** Begins the next interval: {@link #added} is what came since the last call. */
    public void next() {
        source.copyTo(now);
        total = 0;
        for (int i = 0; i < now.length; i++) {
            added[i] = now[i] - last[i];
            total += added[i];
            last[i] = now[i];
        }
    }

    public long count() {
        return total;
    }

    public long[] added() {
        return added;
    }

    /** The middle of the bucket in which the quantile lies, nanoseconds; 0 if nothing was added. */
    public long quantile(double quantile) {
        long rank = (long) Math.ceil(quantile * total);
        long seen = 0;
        for (int i = 0; i < added.length; i++) {
            seen += added[i];
            if (seen >= rank && added[i] > 0) {
                return middle(i);
            }
        }
        return 0;
    }

    /** Middle of the highest bucket, nanoseconds. */
    public long max() {
        for (int i = added.length - 1; i >= 0; i--) {
            if (added[i] > 0) {
                return middle(i);
            }
        }
        return 0;
    }

    /** The middle of a bucket, nanoseconds; of the last one, which has no end, the lower bound. */
    static long middle(int bucket) {
        long least = StallsightHistogram.lowerBound(bucket);
        return bucket == StallsightHistogram.SIZE - 1
                ? least
                : (least + StallsightHistogram.lowerBound(bucket + 1)) / 2;
    }
}
