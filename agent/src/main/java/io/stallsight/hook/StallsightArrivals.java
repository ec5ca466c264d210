package io.stallsight.hook;

import java.util.Arrays;

/**
 * When the connections of a loop got something to read while the loop was in one long tick.
 *
 * <p>The watching thread asks the kernel again and again, and writes here what it found; the loop's thread reads, once
 * the tick is over, for each request that waited. A connection that was found readable became so since the look before
 * (or since the beginning of the tick), one that was not found so became so between the last look and the end of the
 * tick: the middle of that time counts, so the error is at most half of it.
 *
 * <p>A connection of HTTP/2 has many requests. Each look at which there are more bytes to read than before is noted, so
 * the bytes of each request have a time. The size of a request is not known: the loop says how many requests the bytes
 * were. If they came at so many looks, each came for itself; otherwise each counts as equally long.
 */
public final class StallsightArrivals {

    /** It is not known when the connection got something to read. */
    public static final long UNKNOWN = 0;

    /** Of one connection, further looks are not noted. */
    private static final int MAX_STEPS = 64;

    /** Numbers of the connections' file descriptors, ascending. */
    private final int[] descriptors;

    /** {@link System#nanoTime()} for each of them, {@link #UNKNOWN} while it has nothing to read. */
    private final long[] arrivals;

    /** Of connections that got more after that: the same at each look that found more, and the bytes then. */
    private final long[][] laterArrivals;

    private final int[][] bytes;

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
        laterArrivals = new long[descriptors.length][];
        bytes = new int[descriptors.length][];
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

    /**
     * The connection with that number, which was {@link #found} before, has so many bytes to read, or is found with
     * them. By the watching thread.
     */
    public void has(int index, int size, long now) {
        int[] known = bytes[index];
        int last = known == null ? 0 : known.length;
        if (size <= 0 || last == MAX_STEPS || last > 0 && size <= known[last - 1]) {
            return;
        }
        long[] times = last == 0 ? new long[1] : Arrays.copyOf(laterArrivals[index], last + 1);
        times[last] = last == 0 ? arrivals[index] : middle(looked, now);
        int[] sizes = last == 0 ? new int[1] : Arrays.copyOf(known, last + 1);
        sizes[last] = size;
        laterArrivals[index] = times;
        bytes[index] = sizes;
    }

    /** All that is readable {@code now} has been {@link #found}. By the watching thread. */
    public void looked(long now) {
        looked = now;
    }

    /**
     * When a connection got a request that the loop read after the tick.
     *
     * @param number of the request, from 0 on, among {@code requests} of the connection
     * @param tickEnd {@link System#nanoTime()}
     * @return {@link System#nanoTime()}, or {@link #UNKNOWN} if the connection was not looked at
     */
    public long of(int descriptor, int number, int requests, long tickEnd) {
        long last = looked; // before the arrivals: those since then are not of interest
        int index = Arrays.binarySearch(descriptors, descriptor);
        if (index < 0) {
            return UNKNOWN;
        }
        long found = arrivals[index];
        return found != UNKNOWN ? ofBytes(index, number, requests, found) : middle(last, tickEnd);
    }

    private long ofBytes(int index, int number, int requests, long found) {
        int[] known = bytes[index];
        long[] times = laterArrivals[index];
        int steps = known == null || times == null ? 0 : Math.min(known.length, times.length);
        if (number == 0 || steps < 2) {
            return found;
        }
        if (steps >= requests) {
            return times[number * steps / requests]; // each came for itself, however long it was
        }
        long begin = (long) known[steps - 1] * number / requests;
        int step = 0;
        while (known[step] <= begin) {
            step++;
        }
        return times[step];
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
