package io.stallsight.engine.fact;

/**
 * Durations counted in buckets. Counts of the same bucket add up, over intervals, loops and instances.
 *
 * <p>There is one scheme of buckets: their bounds are the {@value #BOUNDS} powers of two from 131 µs to 17.2 s, in
 * nanoseconds, and the last bucket has no bound. The hooks count in buckets that are finer, and every power of two is a
 * bound of those too. So a hook's count goes into one bucket here as a whole, and nothing is estimated. A count may
 * have a fraction, where it stands for a span of time ({@link LoopSample#lags}). Immutable.
 */
public final class Histogram {

    /** The number of bounds; there is one bucket more. */
    public static final int BOUNDS = 18;

    /** 131 µs: shorter waits are the machine's. Each power of two more would cost one more series of each histogram. */
    private static final int LOWEST_EXPONENT = 17;

    /** Without any duration. */
    public static final Histogram EMPTY = new Histogram(new double[BOUNDS + 1], 0);

    private final double[] counts;
    private final double sum;

    private Histogram(double[] counts, double sum) {
        this.counts = counts;
        this.sum = sum;
    }

    /** The upper bound of a bucket below {@link #BOUNDS}, nanoseconds. */
    public static long bound(int bucket) {
        return 1L << (LOWEST_EXPONENT + bucket);
    }

    /** The number of durations in a bucket; the bucket {@link #BOUNDS} has those above the highest bound. */
    public double count(int bucket) {
        return counts[bucket];
    }

    /** The sum of all durations, nanoseconds. */
    public double sum() {
        return sum;
    }

    /** The bucket of a duration in nanoseconds. A duration that equals a bound is in the bucket above it. */
    public static int bucketOf(long nanos) {
        int exponent = 63 - Long.numberOfLeadingZeros(Math.max(1, nanos));
        return Math.max(0, Math.min(BOUNDS, exponent + 1 - LOWEST_EXPONENT));
    }

    /** Counts durations. Used by one thread. */
    public static final class Builder {

        private final double[] counts = new double[BOUNDS + 1];
        private double sum;

        /** Counts a duration in nanoseconds {@code times} times. */
        public Builder add(long nanos, double times) {
            return add(bucketOf(nanos), times, nanos * times);
        }

        /**
         * Counts in a bucket.
         *
         * @param nanos the sum of these durations
         */
        public Builder add(int bucket, double times, double nanos) {
            counts[bucket] += times;
            sum += nanos;
            return this;
        }

        public Histogram build() {
            return new Histogram(counts.clone(), sum);
        }
    }
}
