package io.stallsight.engine.reflect;

import io.stallsight.hook.StallsightArrivals;

/** How many bytes of a connection have come so far: those that its loop has read, and those that the kernel has. */
public final class StreamBytes {

    /** So many connections of a loop are asked at once; each takes about a microsecond. */
    public static final int MAX_COUNTED = 64;

    private StreamBytes() {}

    /** Of the connection with that number, or {@link StallsightArrivals#UNCOUNTED}. */
    public static int of(StallsightArrivals arrivals, int number) {
        int read = arrivals.read(number); // before the kernel is asked: nothing counts twice
        int unread = UnreadBytes.of(arrivals.descriptor(number));
        return unread == UnreadBytes.UNKNOWN ? StallsightArrivals.UNCOUNTED : read + unread;
    }
}
