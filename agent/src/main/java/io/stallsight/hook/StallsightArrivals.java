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
 *
 * <p>What a look finds may be read in the same tick, and does not wait for its end. So each look is noted with the
 * number of I/O events that the tick had begun by then: what was found before the last event of a connection began was
 * read with it, and what was found later came after it.
 */
public final class StallsightArrivals {

    /** It is not known when the connection got something to read. */
    public static final long UNKNOWN = 0;

    /** Of one connection, further looks are not noted. */
    private static final int MAX_STEPS = 64;

    private static final Step[] NONE = {};

    /** A look that found more to read. */
    private static final class Step {

        /** {@link System#nanoTime()}, about when it came. */
        final long time;

        /** To read; 0 if they are not counted. */
        final int bytes;

        /** That the tick had begun. */
        final int events;

        Step(long time, int bytes, int events) {
            this.time = time;
            this.bytes = bytes;
            this.events = events;
        }
    }

    /** Numbers of the connections' file descriptors, ascending. */
    private final int[] descriptors;

    /** Of each of them the looks that found more, in the order of time. */
    private final Step[][] steps;

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
        steps = new Step[descriptors.length][];
        Arrays.fill(steps, NONE);
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

    /**
     * A look has found the connection with that number readable, for the first time or again. By the watching thread.
     *
     * @param bytes to read, 0 if they are not counted
     * @param events that the tick had begun before the look
     * @param now {@link System#nanoTime()} before the look
     */
    public void found(int index, int bytes, int events, long now) {
        Step[] known = steps[index];
        int last = known.length;
        boolean wasRead = last > 0 && bytes < known[last - 1].bytes;
        if (wasRead) {
            known = NONE;
            last = 0;
        }
        if (wasRead && bytes == 0) {
            steps[index] = NONE;
        } else if (last == 0 || bytes > known[last - 1].bytes && last < MAX_STEPS) {
            Step[] more = Arrays.copyOf(known, last + 1);
            more[last] = new Step(middle(looked, now), bytes, events);
            steps[index] = more;
        }
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
        long last = looked; // before the steps: those since then are not of interest
        int index = Arrays.binarySearch(descriptors, descriptor);
        if (index < 0) {
            return UNKNOWN;
        }
        Step[] known = steps[index];
        return known.length == 0 ? middle(last, tickEnd) : of(known, number, requests);
    }

    private static long of(Step[] known, int number, int requests) {
        int last = known.length - 1;
        if (known.length >= requests) {
            return known[number * known.length / requests].time; // each came for itself, however long it was
        }
        long begin = (long) known[last].bytes * number / requests;
        int step = 0;
        while (step < last && known[step].bytes <= begin) {
            step++;
        }
        return known[step].time;
    }

    /**
     * Whether a look found what the connection got, and the tick did not read, before the tick was over. What it did
     * read is forgotten. By the loop's thread, once the tick is over.
     *
     * @param events that the tick had begun when it began the last one of the connection, with that; 0 if it had none
     */
    public boolean isFound(int descriptor, int events) {
        int index = Arrays.binarySearch(descriptors, descriptor);
        if (index < 0) {
            return false;
        }
        Step[] known = steps[index];
        int read = 0;
        while (read < known.length && known[read].events < events) {
            read++;
        }
        if (read > 0) {
            steps[index] = Arrays.copyOfRange(known, read, known.length);
        }
        return read < known.length;
    }

    private static long middle(long from, long to) {
        return from + Math.max(0, to - from) / 2;
    }
}
