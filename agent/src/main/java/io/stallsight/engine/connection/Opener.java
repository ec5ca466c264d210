package io.stallsight.engine.connection;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One site, or all that are not known, and its connections to one downstream. Used by the threads that connect. */
final class Opener {

    /** The threshold was crossed. It is told a moment later, when it is clear how far. */
    static final class Crossing {
        final Downstream downstream;
        final @Nullable StackTraceElement site;
        final List<StackTraceElement> stack;

        /** {@link System#nanoTime()} */
        final long since;

        /** Connections in flight at once since then, at the most. */
        final AtomicInteger peak;

        /** The peak when the sampling thread, which alone uses this, last saw it grow. */
        int lastPeak;

        /** When that look was, {@link System#nanoTime()}. */
        long grewAt;

        private Crossing(
                Downstream downstream, @Nullable StackTraceElement site, List<StackTraceElement> stack, int inFlight) {
            this.downstream = downstream;
            this.site = site;
            this.stack = stack;
            this.since = System.nanoTime();
            this.peak = new AtomicInteger(inFlight);
        }
    }

    private final Downstream downstream;
    private final int threshold;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<@Nullable Crossing> crossing = new AtomicReference<>();

    Opener(Downstream downstream, int threshold) {
        this.downstream = downstream;
        this.threshold = threshold;
    }

    /**
     * Counts one more.
     *
     * @param stack takes the stack of the current thread
     * @return the crossing, if it was this connection that crossed the threshold
     */
    @Nullable
    Crossing opened(@Nullable StackTraceElement site, Supplier<List<StackTraceElement>> stack) {
        int now = inFlight.incrementAndGet();
        if (now <= threshold) {
            return null;
        }
        Crossing going = crossing.get();
        if (going == null) {
            Crossing begun = new Crossing(downstream, site, stack.get(), now);
            if (crossing.compareAndSet(null, begun)) {
                return begun;
            }
            going = crossing.get();
        }
        if (going != null) {
            going.peak.accumulateAndGet(now, Math::max);
        }
        return null;
    }

    /** Counts one less. Below half of the threshold, the next crossing will be told again. */
    void closed() {
        if (2L * inFlight.decrementAndGet() < threshold) {
            crossing.set(null);
        }
    }
}
