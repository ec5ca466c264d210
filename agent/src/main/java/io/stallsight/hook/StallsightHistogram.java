package io.stallsight.hook;

/**
 * A histogram of durations: counts in {@value #SIZE} buckets, sixteen for each power of two from one microsecond to 36
 * minutes, so that a bucket is at most 6 % wide. Counts only grow; a reader that wants those of an interval subtracts
 * two copies. One thread writes at a time; of several, a few additions may get lost. Any thread may read, and its copy
 * may lack the last additions.
 */
public final class StallsightHistogram {

    private static final int MIN_EXPONENT = 10;
    private static final int MAX_EXPONENT = 40;
    private static final int SUB_BITS = 4;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    public static final int SIZE = 1 + (MAX_EXPONENT - MIN_EXPONENT + 1) * SUB_BUCKETS;

    /** Null until the first addition: of a thousand pools, most never have one. */
    private long[] counts;

    private int lowest = SIZE;
    private int highest = -1;

    /** Counts a duration. */
    public void add(long nanos) {
        add(nanos, 1);
    }

    /** Counts a duration {@code times} times. */
    void add(long nanos, int times) {
        long[] into = counts;
        if (into == null) {
            into = new long[SIZE];
            counts = into;
        }
        int bucket = bucket(nanos);
        into[bucket] += times;
        if (bucket < lowest) {
            lowest = bucket;
        }
        if (bucket > highest) {
            highest = bucket;
        }
    }

    /** The first bucket that has ever been counted in; {@link #SIZE} if none has. */
    public int lowest() {
        return lowest;
    }

    /** The last bucket that has ever been counted in; -1 if none has. */
    public int highest() {
        return highest;
    }

    /** The number of durations in a bucket. */
    public long count(int bucket) {
        long[] from = counts;
        return from == null ? 0L : from[bucket];
    }

    /** The bucket of a duration in nanoseconds; those shorter than a microsecond share the first one. */
    public static int bucket(long nanos) {
        if (nanos < 1L << MIN_EXPONENT) {
            return 0;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        if (exponent > MAX_EXPONENT) {
            return SIZE - 1;
        }
        int sub = (int) (nanos >>> (exponent - SUB_BITS)) & (SUB_BUCKETS - 1);
        return 1 + (exponent - MIN_EXPONENT) * SUB_BUCKETS + sub;
    }

    /** The shortest duration of a bucket, in nanoseconds. */
    public static long lowerBound(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        int exponent = MIN_EXPONENT + (bucket - 1) / SUB_BUCKETS;
        long inPowerOfTwo = SUB_BUCKETS + (bucket - 1L) % SUB_BUCKETS;
        return inPowerOfTwo << (exponent - SUB_BITS);
    }
}
