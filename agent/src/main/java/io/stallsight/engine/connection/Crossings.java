package io.stallsight.engine.connection;

import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.thread.Doorbell;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The sites that have crossed the threshold of fan-out, until they are reported. */
final class Crossings {

    private final Doorbell samplingBell;
    private final FactListener listener;

    /** From the threads that begin more to the sampling thread. */
    private final Queue<Crossing> crossings = new ConcurrentLinkedQueue<>();

    /** Of the sampling thread. */
    private final ArrayDeque<Crossing> growing = new ArrayDeque<>();

    /** @param samplingBell the sampling thread sleeps there */
    Crossings(Doorbell samplingBell, FactListener listener) {
        this.samplingBell = samplingBell;
        this.listener = listener;
    }

    /** Takes a crossing, if there is one. Called by the thread that crossed the threshold. */
    void add(@Nullable Crossing crossing) {
        if (crossing != null && !crossing.downstream().equals(Downstreams.OTHERS)) {
            crossings.add(crossing);
            samplingBell.ring();
        }
    }

    /** Whether the sampling thread has nothing to do. */
    boolean areReported() {
        return growing.isEmpty() && crossings.isEmpty();
    }

    /**
     * Reports the bursts that are over. Called by the sampling thread.
     *
     * @param last whether there will be no further look, so that bursts are reported which may still grow
     */
    void look(long now, boolean last) {
        for (Crossing crossing = crossings.poll(); crossing != null; crossing = crossings.poll()) {
            growing.add(crossing);
        }
        for (Iterator<Crossing> all = growing.iterator(); all.hasNext(); ) {
            Crossing crossing = all.next();
            if (crossing.isOver(now) || last) {
                all.remove();
                FanOut fanOut = crossing.end(now);
                if (fanOut != null) {
                    listener.observed(fanOut);
                }
            }
        }
    }
}
