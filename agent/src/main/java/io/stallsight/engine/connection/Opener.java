package io.stallsight.engine.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One site, or all that are not known, and its connections or requests to one downstream. Used by the threads that
 * begin and end them.
 */
final class Opener {

    private final FlightCounter counter;
    private final int threshold;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<@Nullable Crossing> crossing = new AtomicReference<>();

    Opener(FlightCounter counter, int threshold) {
        this.counter = counter;
        this.threshold = threshold;
    }

    /**
     * Counts one more.
     *
     * @param moment takes what is known of the current thread
     * @return the crossing, if it was this one that crossed the threshold
     */
    @Nullable
    Crossing began(@Nullable StackTraceElement site, Supplier<Crossing.Moment> moment) {
        int now = inFlight.incrementAndGet();
        if (now <= threshold) {
            return null;
        }
        Crossing present = crossing.get();
        if (present == null) {
            Crossing begun = new Crossing(counter, site, moment.get(), threshold, now);
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

    /** Counts one less. Below half of the threshold, the next crossing is reported again; see {@link Crossing}. */
    void ended() {
        if (2L * inFlight.decrementAndGet() < threshold) {
            Crossing last = crossing.get();
            if (last != null && last.makesRoom(System.nanoTime())) {
                crossing.compareAndSet(last, null);
            }
        }
    }
}
