package io.stallsight.engine.picture.series;

import io.stallsight.hook.StallsightHistogram;

/** Count, sum and percentiles of durations in nanoseconds. Guarded by the picture. */
public final class Durations {

    private final StallsightHistogram counts = new StallsightHistogram();
    private long count;
    private long total;
    private long max;

    public void add(long nanos) {
        counts.add(nanos);
        count++;
        total += nanos;
        max = Math.max(max, nanos);
    }

    public long count() {
        return count;
    }

    public long total() {
        return total;
    }

    public long max() {
        return max;
    }

    /** The middle of the bucket, at most 3 % away; never more than the maximum. */
    public long quantile(double quantile) {
        long rank = (long) Math.ceil(quantile * count);
        long seen = 0;
        for (int bucket = counts.lowest(); bucket <= counts.highest(); bucket++) {
            seen += counts.count(bucket);
            if (seen >= rank) {
                long least = StallsightHistogram.lowerBound(bucket);
                long next = bucket == StallsightHistogram.SIZE - 1 ? least : StallsightHistogram.lowerBound(bucket + 1);
                return Math.min(max, (least + next) / 2);
            }
        }
        return max;
    }
}
