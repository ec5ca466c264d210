package io.stallsight.engine.stall;

import io.stallsight.engine.reflect.KernelPoll;
import io.stallsight.hook.StallsightArrivals;
import io.stallsight.hook.StallsightLoop;

/** Which connections of a loop had nothing to read so far in its running tick. Used by the watching thread. */
final class TickArrivals {

    private final StallsightLoop loop;
    private final StallsightArrivals arrivals;

    /** Numbers in {@link #arrivals} of those that are not readable, the first {@link #size} elements. */
    private final int[] open;

    private int size;

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
        boolean found = kernel.ask(size);
        if (loop.start() != arrivals.tickStart()) {
            return;
        }
        int left = 0;
        for (int i = 0; i < size; i++) {
            if (found && kernel.isReadable(i)) {
                arrivals.found(open[i], now);
            } else {
                open[left++] = open[i];
            }
        }
        size = left;
        arrivals.looked(now);
    }
}
