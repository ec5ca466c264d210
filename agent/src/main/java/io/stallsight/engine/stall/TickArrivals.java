package io.stallsight.engine.stall;

import io.stallsight.engine.reflect.KernelPoll;
import io.stallsight.engine.reflect.StreamBytes;
import io.stallsight.hook.StallsightArrivals;
import io.stallsight.hook.StallsightLoop;

/**
 * Which connections of a loop had nothing to read so far in its running tick, and how much the others have. Used by the
 * watching thread.
 */
final class TickArrivals {

    private final StallsightLoop loop;
    private final StallsightArrivals arrivals;

    /** Numbers in {@link #arrivals} of those that are not readable, the first {@link #size} elements. */
    private final int[] open;

    private int size;

    /** Those that are readable, whose bytes are counted, and their bytes at the last look. */
    private final int[] found = new int[StreamBytes.MAX_COUNTED];

    private final int[] bytes = new int[StreamBytes.MAX_COUNTED];

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
        for (int i = 0; i < size; i++) {
            kernel.set(i, arrivals.descriptor(open[i]));
        }
        long now = System.nanoTime();
        boolean areReadable = kernel.ask(size);
        for (int i = 0; areReadable && i < size && foundSize < StreamBytes.MAX_COUNTED; i++) {
            if (kernel.isReadable(i)) {
                found[foundSize++] = open[i];
            }
        }
        for (int i = 0; i < foundSize; i++) {
            bytes[i] = StreamBytes.of(arrivals, found[i]);
        }
        if (loop.start() != arrivals.tickStart()) {
            return;
        }
        for (int i = 0; i < foundSize; i++) {
            arrivals.found(found[i], bytes[i], now);
        }
        int left = 0;
        for (int i = 0; i < size; i++) {
            if (!areReadable || !kernel.isReadable(i)) {
                open[left++] = open[i];
            } else if (!isCounted(open[i])) {
                arrivals.found(open[i], StallsightArrivals.UNCOUNTED, now);
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
