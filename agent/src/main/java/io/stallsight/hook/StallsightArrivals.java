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
 *
 * <p>A loop may read a part of what a connection has, and the rest in the ticks that follow. So the connection says how
 * many bytes it still has whenever one of its requests was served: if these were a third of the bytes, two thirds are
 * to come. That ends with the first tick that reads nothing of it, or all.
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
     * Of each connection, after the tick: the requests that were served, those that there may be in all, and the bytes
     * that it has after one of them; empty if there was none.
     */
    private int[] served = {};

    private int[] waiting = {};
    private int[] left = {};

    /** A later tick than the next one runs; and the running tick has served a request. */
    private boolean isLater;

    private boolean serves;

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
     * Whether what the loop reads now of a connection waited for the tick: a look found it before the tick was over,
     * and no tick has read it. What the tick did read is forgotten. By the loop's thread, once the tick is over.
     *
     * @param events that the tick had begun when it began the last one of the connection, with that; 0 if it had none
     */
    public boolean isFound(int descriptor, int events) {
        int index = Arrays.binarySearch(descriptors, descriptor);
        if (index < 0 || isLater) {
            return index >= 0 && served[index] < waiting[index];
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

    /** The loop has served a request that waited; its connection has so many bytes to read. By the loop's thread. */
    void served(int descriptor, int bytes) {
        int index = Arrays.binarySearch(descriptors, descriptor);
        if (index < 0) {
            return;
        }
        if (served.length == 0) {
            served = new int[descriptors.length];
            waiting = new int[descriptors.length];
            left = new int[descriptors.length];
        }
        served[index]++;
        left[index] = bytes;
        serves = true;
    }

    /** A tick after that one ends; returns whether the next one may read more of what waited. By the loop's thread. */
    boolean endsLaterTick() {
        boolean goesOn = false;
        for (int i = 0; serves && i < served.length; i++) {
            waiting[i] = left[i] == 0 ? 0 : Math.min(waiting(i), isLater ? waiting[i] : Integer.MAX_VALUE);
            left[i] = 0;
            goesOn |= served[i] < waiting[i];
        }
        serves = false;
        isLater = true;
        return goesOn;
    }

    private int waiting(int index) {
        Step[] known = steps[index];
        int all = known.length == 0 ? 0 : known[known.length - 1].bytes;
        int read = all - left[index];
        return read > 0 ? (int) Math.min(Integer.MAX_VALUE, ((long) served[index] * all + read - 1) / read) : 0;
    }

    private static long middle(long from, long to) {
        return from + Math.max(0, to - from) / 2;
    }
}
