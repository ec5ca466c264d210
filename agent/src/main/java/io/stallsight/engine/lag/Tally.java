package io.stallsight.engine.lag;

import io.stallsight.hook.StallsightHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Durations of several sources in one interval, by bucket of {@link StallsightHistogram}. Reused by one thread. */
public final class Tally {

    private final long[] added = new long[StallsightHistogram.SIZE];
    private long total;

    public void clear() {
        if (total != 0) {
            Arrays.fill(added, 0);
            total = 0;
        }
    }

    /**
     * Adds the durations that came to a source since the last call.
     *
     * @param last what the last call returned for this source; null at the first
     * @return {@code last} for the next call
     */
    public long[] add(StallsightHistogram source, long @Nullable [] last) {
        long[] before = last == null ? new long[StallsightHistogram.SIZE] : last;
        int highest = source.highest();
        for (int i = source.lowest(); i <= highest; i++) {
            long count = source.count(i);
            long more = count - before[i];
            if (more != 0) {
                added[i] += more;
                total += more;
                before[i] = count;
            }
        }
        return before;
    }

    public boolean isEmpty() {
        return total == 0;
    }

    public long[] added() {
        return added;
    }

    /** The middle of the bucket in which the quantile lies, nanoseconds; 0 if nothing was added. */
    public long quantile(double quantile) {
        long rank = (long) Math.ceil(quantile * total);
        long seen = 0;
        for (int i = 0; total > 0 && i < added.length; i++) {
            seen += added[i];
            if (seen >= rank && added[i] > 0) {
                return Distribution.middle(i);
            }
        }
        return 0;
    }
}
