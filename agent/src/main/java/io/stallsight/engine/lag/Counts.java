package io.stallsight.engine.lag;

import io.stallsight.hook.StallsightHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Durations of one interval, of one source or of several, by bucket of {@link StallsightHistogram}. Reused by one
 * thread. An interval mostly has durations in a few buckets, so each walk over them begins at the first one that is not
 * empty and ends at the last.
 */
public final class Counts {

    private final long[] counts = new long[StallsightHistogram.SIZE];
    private long total;
    private int lowest = StallsightHistogram.SIZE;
    private int highest = -1;

    public void clear() {
        for (int i = lowest; i <= highest; i++) {
            counts[i] = 0;
        }
        total = 0;
        lowest = StallsightHistogram.SIZE;
        highest = -1;
    }

    /**
     * Adds the durations that came to a source since the last call.
     *
     * @param last what the last call returned for this source; null at the first
     * @return {@code last} for the next call
     */
    public long[] add(StallsightHistogram source, long @Nullable [] last) {
        long[] before = last == null ? new long[StallsightHistogram.SIZE] : last;
        int end = source.highest();
        for (int i = source.lowest(); i <= end; i++) {
            long count = source.count(i);
            if (count != before[i]) {
                add(i, count - before[i]);
                before[i] = count;
            }
        }
        return before;
    }

    /** Adds {@code times} durations of a bucket. */
    void add(int bucket, long times) {
        counts[bucket] += times;
        total += times;
        lowest = Math.min(lowest, bucket);
        highest = Math.max(highest, bucket);
    }

    public boolean isEmpty() {
        return total == 0;
    }

    public long total() {
        return total;
    }

    /** The first bucket that is not empty; {@link StallsightHistogram#SIZE} if all are. */
    int lowest() {
        return lowest;
    }

    /** The last bucket that is not empty; -1 if all are. */
    int highest() {
        return highest;
    }

    long count(int bucket) {
        return counts[bucket];
    }

    /** The middle of the bucket in which the quantile lies, nanoseconds; 0 if there are no durations. */
    public long quantile(double quantile) {
        long rank = (long) Math.ceil(quantile * total);
        long seen = 0;
        for (int i = lowest; i <= highest; i++) {
            seen += counts[i];
            if (seen >= rank && counts[i] > 0) {
                return middle(i);
            }
        }
        return 0;
    }

    /** Middle of the highest bucket, nanoseconds; 0 if there are no durations. */
    public long max() {
        return highest < 0 ? 0 : middle(highest);
    }

    /** The middle of a bucket, nanoseconds; of the last one, which has no end, the lower bound. */
    static long middle(int bucket) {
        long least = StallsightHistogram.lowerBound(bucket);
        return bucket == StallsightHistogram.SIZE - 1
                ? least
                : (least + StallsightHistogram.lowerBound(bucket + 1)) / 2;
    }
}
