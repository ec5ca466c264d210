package io.stallsight.engine.stall;

import io.stallsight.engine.reflect.KernelPoll;
import io.stallsight.engine.reflect.UnreadBytes;
import io.stallsight.hook.StallsightArrivals;
import io.stallsight.hook.StallsightLoop;

/** Which connections of a loop had nothing to read so far in its running tick. Used by the watching thread. */
final class TickArrivals {

    /** To ask for the bytes of a connection takes a microsecond. */
    private static final int MAX_COUNTED = 64;

    private static final int UNCOUNTED = 0;

    private final StallsightLoop loop;
    private final StallsightArrivals arrivals;

    /** Numbers in {@link #arrivals} of those that are not readable, the first {@link #size} elements. */
    private final int[] open;

    private int size;

    /** Those that are readable, whose bytes are counted, and their bytes at the last look. */
    private final int[] found = new int[MAX_COUNTED];

    private final int[] bytes = new int[MAX_COUNTED];
    private int foundSize;

    /**
     * @param start of the tick
     * @param sockets file descriptors of the loop's connections
     */
    TickArrivals(StallsightLoop loop, long start, int[] sockets) {
        this.loop = loop;
        this.arrivals = new StallsightArrivals(start, sockets);
        this.size = sockets.length;
        this.open = new int[size];
        for (int i = 0; i < size; i++) {
            open[i] = i;
        }
        loop.tick().victims().measure(arrivals);
    }

    /** What is found after the end of the tick does not count: the loop may have read from others already. */
    void look(KernelPoll kernel) {
        int events = loop.tick().waiters().events();
        for (int i = 0; i < size; i++) {
            kernel.set(i, arrivals.descriptor(open[i]));
        }
        long now = System.nanoTime();
        boolean areReadable = kernel.ask(size);
        for (int i = 0; areReadable && i < size && foundSize < MAX_COUNTED; i++) {
            if (kernel.isReadable(i)) {
                found[foundSize++] = open[i];
            }
        }
        for (int i = 0; i < foundSize; i++) {
            bytes[i] = UnreadBytes.of(arrivals.descriptor(found[i]));
        }
        if (loop.start() != arrivals.tickStart()) {
            return;
        }
        for (int i = 0; i < foundSize; i++) {
            arrivals.found(found[i], bytes[i], events, now);
        }
        int left = 0;
        for (int i = 0; i < size; i++) {
            if (!areReadable || !kernel.isReadable(i)) {
                open[left++] = open[i];
            } else if (!isCounted(open[i])) {
                arrivals.found(open[i], UNCOUNTED, events, now);
            }
        }
        size = left;
        arrivals.looked(now);
    }

    private boolean isCounted(int index) {
        for (int i = foundSize - 1; i >= 0; i--) {
            if (found[i] == index) {
                return true;
            }
        }
        return false;
    }
}
