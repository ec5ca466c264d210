package io.stallsight.hook;

import java.util.Arrays;

/**
 * When that came which a loop reads of its connections, while and after it was in one long tick.
 *
 * <p><b>Problem.</b> A request that comes while its loop is stuck lies in a socket, and only the kernel knows it. A
 * connection of HTTP/2 has many requests at once, of any length, and the loop may read them in one message, in several,
 * or in several ticks.
 *
 * <p><b>Algorithm.</b> Each connection is a stream of bytes, counted from the first look at it. The watching thread
 * asks the kernel again and again how much of each there is to read; with what the loop has read until then, that says
 * how many bytes of the stream had come by that look. The loop says how much it reads, and how much of that it has not
 * decoded. So when it begins with a request, the bytes up to the end of that request are known, and the first look that
 * saw so many says when they came: in the middle between it and the look before, so the error is at most half of that
 * time. At the end of the tick the loop's thread counts once more: what comes later did not wait for that tick.
 *
 * <p><b>Given up.</b> Of a connection whose bytes are not counted (of the first ones only), all requests came when it
 * became readable; the same holds where the length of messages is not known, and there no request of a later tick
 * counts.
 */
public final class StallsightArrivals {

    /** It is not known when it came. */
    public static final long UNKNOWN = 0;

    /** It came after the end of the tick. */
    public static final long LATER = Long.MAX_VALUE;

    /** The bytes of a connection are not counted, but it has some. */
    public static final int UNCOUNTED = -1;

    /** Of one connection, further looks are not noted. */
    private static final int MAX_STEPS = 64;

    private static final Step[] NONE = {};

    /** A look that found more to read. */
    private static final class Step {

        /** {@link System#nanoTime()}, about when it came. */
        final long time;

        /** Of the stream. */
        final int bytes;

        Step(long time, int bytes) {
            this.time = time;
            this.bytes = bytes;
        }
    }

    /** Numbers of the connections' file descriptors, ascending. */
    private final int[] descriptors;

    /** Of each of them the looks that found more, in the order of time. */
    private final Step[][] steps;

    /** Bytes of each stream that the loop has read. It writes them, the watching thread reads them a little late. */
    private final int[] read;

    /** Bytes of each stream at the end of the tick. */
    private final int[] atEnd;

    private final long tickStart;

    /** When the last look was made, and the first; {@link #tickStart} before it. */
    private volatile long looked;

    private long firstLook;

    /**
     * The loop has read a part of what a connection had at the end of the tick; a later tick than the next one runs.
     */
    private boolean goesOn;

    private boolean isLater;

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
        read = new int[descriptors.length];
        atEnd = new int[descriptors.length];
        Arrays.fill(atEnd, UNCOUNTED);
        firstLook = tickStart;
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
    public int descriptor(int number) {
        return descriptors[number];
    }

    /** Whether a look has found something to read at the connection with that number. */
    public boolean isFound(int number) {
        return steps[number].length > 0;
    }

    /**
     * Bytes that the loop has read of the connection with that number. Ask before the kernel, so nothing counts twice.
     */
    public int read(int number) {
        return read[number];
    }

    /**
     * A look has found the connection with that number readable, for the first time or again. By the watching thread.
     *
     * @param bytes of the stream, {@link #read} and those that the kernel has, or {@link #UNCOUNTED}
     * @param now {@link System#nanoTime()} before the look
     */
    public void found(int number, int bytes, long now) {
        Step[] known = steps[number];
        int last = known.length;
        int all = bytes == UNCOUNTED ? Integer.MAX_VALUE : bytes;
        if (all > (last == 0 ? 0 : known[last - 1].bytes) && last < MAX_STEPS) {
            Step[] more = Arrays.copyOf(known, last + 1);
            more[last] = new Step(middle(looked, now), all);
            steps[number] = more;
        }
    }

    /** All that is readable {@code now} has been {@link #found}. By the watching thread. */
    public void looked(long now) {
        if (firstLook == tickStart) {
            firstLook = now;
        }
        looked = now;
    }

    /**
     * The tick ends, and the connection with that number has so many bytes to read. By the loop's thread.
     *
     * @param bytes as in {@link #found}
     */
    public void endsWith(int number, int bytes) {
        atEnd[number] = bytes;
    }

    /** The loop has read so many bytes of a connection. */
    void read(int descriptor, int bytes) {
        int number = Arrays.binarySearch(descriptors, descriptor);
        if (number >= 0) {
            read[number] += bytes;
            goesOn |= atEnd[number] > read[number];
        }
    }

    /**
     * When that came of a connection which the loop has read and processed by now, after the tick. By the loop's
     * thread.
     *
     * @param left bytes that it has read and not decoded
     * @param end {@link System#nanoTime()} at the end of the tick
     * @param waits whether what came after the last look came before the end, where nothing was counted then
     * @return {@link System#nanoTime()}; {@link #LATER}; {@link #UNKNOWN} if the connection was not looked at, or if it
     *     is not known that something waited
     */
    long after(int descriptor, int left, long end, boolean waits) {
        long last = looked; // before the steps: those since then are not of interest
        int number = Arrays.binarySearch(descriptors, descriptor);
        if (number < 0) {
            return UNKNOWN;
        }
        Step[] known = steps[number];
        boolean counted = atEnd[number] != UNCOUNTED;
        if (read[number] == 0) {
            return isLater ? LATER : known.length > 0 ? known[0].time : waits ? middle(last, end) : UNKNOWN;
        }
        int position = read[number] - left;
        if (counted && position > atEnd[number]) {
            return LATER;
        }
        Step step = first(known, position);
        return step != null ? step.time : counted || waits ? middle(last, end) : LATER;
    }

    /**
     * The same of what the tick itself reads. What the first look has found came with the poll before the tick.
     *
     * @param now {@link System#nanoTime()}
     */
    long within(int descriptor, int left, long now) {
        long last = looked;
        int number = Arrays.binarySearch(descriptors, descriptor);
        if (number < 0 || read[number] == 0) {
            return UNKNOWN;
        }
        Step step = first(steps[number], read[number] - left);
        return step == null ? middle(last, now) : step.time - firstLook < 0 ? tickStart : step.time;
    }

    private static Step first(Step[] known, int position) {
        for (Step step : known) {
            if (step.bytes >= position) {
                return step;
            }
        }
        return null;
    }

    /** A tick after that one ends; returns whether the next one may read more of what waited. By the loop's thread. */
    boolean laterTickEnds() {
        boolean more = goesOn;
        goesOn = false;
        isLater = true;
        return more;
    }

    private static long middle(long from, long to) {
        return from + Math.max(0, to - from) / 2;
    }
}
