package io.stallsight.hook;

/**
 * How many durations fell into each of {@value #SIZE} buckets: sixteen for each power of two from one microsecond to 36
 * minutes, so that a bucket is at most 6 % wide. Only grows; who wants an interval subtracts two copies. One thread
 * writes at a time, others may read: a copy may lack the last additions.
 */
public final class StallsightHistogram {

    private static final int LEAST_EXPONENT = 10;
    private static final int MOST_EXPONENT = 40;
    private static final int SUB_BITS = 4;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    public static final int SIZE = 1 + (MOST_EXPONENT - LEAST_EXPONENT + 1) * SUB_BUCKETS;

    /** Null until the first addition: most of a thousand pools never have one. */
    private long[] counts;

    private int lowest = SIZE;
    private int highest = -1;

    public void add(long nanos) {
        add(nanos, 1);
    }

    /** Counts a duration several times. */
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

    /** How many durations fell into a bucket. */
    public long count(int bucket) {
        long[] from = counts;
        return from == null ? 0L : from[bucket];
    }

    public void copyTo(long[] copy) {
        long[] from = counts;
        if (from == null) {
            java.util.Arrays.fill(copy, 0L);
        } else {
            System.arraycopy(from, 0, copy, 0, SIZE);
        }
    }

    /** The bucket of a duration; what is shorter than a microsecond is in the first one. */
    public static int bucket(long nanos) {
        if (nanos < 1L << LEAST_EXPONENT) {
            return 0;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        if (exponent > MOST_EXPONENT) {
            return SIZE - 1;
        }
        int sub = (int) (nanos >>> (exponent - SUB_BITS)) & (SUB_BUCKETS - 1);
        return 1 + (exponent - LEAST_EXPONENT) * SUB_BUCKETS + sub;
    }

    /** The least duration of a bucket, nanoseconds. */
    public static long least(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        int exponent = LEAST_EXPONENT + (bucket - 1) / SUB_BUCKETS;
        long inPowerOfTwo = SUB_BUCKETS + (bucket - 1L) % SUB_BUCKETS;
        return inPowerOfTwo << (exponent - SUB_BITS);
    }
}
