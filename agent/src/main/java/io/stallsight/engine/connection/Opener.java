package io.stallsight.engine.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One site, or all that are not known, and its connections to one downstream. Used by the threads that connect and
 * close.
 */
final class Opener {

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
     * @param moment takes what is known of the current thread
     * @return the crossing, if it was this connection that crossed the threshold
     */
    @Nullable
    Crossing opened(@Nullable StackTraceElement site, Supplier<Crossing.Moment> moment) {
        int now = inFlight.incrementAndGet();
        if (now <= threshold) {
            return null;
        }
        Crossing present = crossing.get();
        if (present == null) {
            Crossing begun = new Crossing(downstream, site, moment.get(), threshold, now);
            if (crossing.compareAndSet(null, begun)) {
                return begun;
            }
            present = crossing.get();
        }
        if (present != null) {
            present.raise(now);
        }
        return null;
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Counts one less. Below half of the threshold, the next crossing is reported again. */
    void closed() {
        if (2L * inFlight.decrementAndGet() < threshold) {
            crossing.set(null);
        }
    }
}
