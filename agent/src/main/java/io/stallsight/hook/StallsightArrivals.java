package io.stallsight.hook;

import java.util.Arrays;

/**
 * When the connections of a loop got something to read while the loop was in one long tick.
 *
 * <p>The watching thread asks the kernel again and again, and writes here what it found; the loop's thread reads, once
 * the tick is over, for each request that waited. A connection that was found readable became so since the look before
 * (or since the beginning of the tick), one that was not found so became so between the last look and the end of the
 * tick: the middle of that time counts, so the error is at most half of it.
 */
public final class StallsightArrivals {

    /** It is not known when the connection got something to read. */
    public static final long UNKNOWN = 0;

    /** Numbers of the connections' file descriptors, ascending. */
    private final int[] descriptors;

    /** {@link System#nanoTime()} for each of them, {@link #UNKNOWN} while it has nothing to read. */
    private final long[] arrivals;

    private final long tickStart;

    /** When the last look was made. */
    private volatile long looked;

    /**
     * @param tickStart {@link System#nanoTime()}
     * @param descriptors all that are looked at; not used by the caller any more
     */
    public StallsightArrivals(long tickStart, int[] descriptors) {
        this.tickStart = tickStart;
        this.descriptors = descriptors;
        Arrays.sort(descriptors);
        arrivals = new long[descriptors.length];
        looked = tickStart;
    }

    /** {@link System#nanoTime()} at the beginning of the tick. */
    public long tickStart() {
        return tickStart;
    }

    public int size() {
        return descriptors.length;
    }

    /** By a number below {@link #size}. */
    public int descriptor(int index) {
        return descriptors[index];
    }

    /** The connection with that number was not readable at the last look, and is so now. By the watching thread. */
    public void found(int index, long now) {
        arrivals[index] = middle(looked, now);
    }

    /** All that is readable {@code now} has been {@link #found}. By the watching thread. */
    public void looked(long now) {
        looked = now;
    }

    /**
     * When a connection got something to read that the loop read after the tick.
     *
     * @param tickEnd {@link System#nanoTime()}
     * @return {@link System#nanoTime()}, or {@link #UNKNOWN} if the connection was not looked at
     */
    public long of(int descriptor, long tickEnd) {
        long last = looked; // before the arrivals: those since then are not of interest
        int index = Arrays.binarySearch(descriptors, descriptor);
        if (index < 0) {
            return UNKNOWN;
        }
        long found = arrivals[index];
        return found != UNKNOWN ? found : middle(last, tickEnd);
    }

    /** The same, if a look found it before the tick was over; otherwise {@link #UNKNOWN}. */
    public long found(int descriptor) {
        int index = looked == tickStart ? -1 : Arrays.binarySearch(descriptors, descriptor);
        return index < 0 ? UNKNOWN : arrivals[index];
    }

    private static long middle(long from, long to) {
        return from + Math.max(0, to - from) / 2;
    }
}
