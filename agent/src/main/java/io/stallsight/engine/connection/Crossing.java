package io.stallsight.engine.connection;

import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.Request;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A site has crossed the threshold of fan-out. It is reported a moment later, when it is clear how far: after
 * {@value #STILL_MILLIS} ms without growth, the burst is over. The threads that connect raise the peak; the sampling
 * thread does the rest.
 */
final class Crossing {

    /** On a busy machine, threads that connect pause for a while. */
    private static final int STILL_MILLIS = 200;

    private static final long STILL = TimeUnit.MILLISECONDS.toNanos(STILL_MILLIS);

    /** A burst that goes on to grow is reported after that. */
    private static final long GROWTH_LIMIT = TimeUnit.SECONDS.toNanos(2);

    /**
     * The connect that crossed the threshold.
     *
     * @param stack innermost frame first, without frames of the agent
     * @param request for which it was
     */
    record Moment(List<StackTraceElement> stack, Request request) {}

    private final Downstream downstream;
    private final @Nullable StackTraceElement site;
    private final Moment moment;
    private final int threshold;
    private final long since = System.nanoTime();
    private final AtomicInteger peak;

    /** When the sampling thread last saw the peak grow. */
    private int lastPeak;

    private long grewAt;

    /** @param inFlight connections of the site, the one included that crosses the threshold */
    Crossing(Downstream downstream, @Nullable StackTraceElement site, Moment moment, int threshold, int inFlight) {
        this.downstream = downstream;
        this.site = site;
        this.moment = moment;
        this.threshold = threshold;
        this.peak = new AtomicInteger(inFlight);
    }

    void raise(int inFlight) {
        peak.accumulateAndGet(inFlight, Math::max);
    }

    /** Whether the burst is over, as the sampling thread sees it at a look. */
    boolean isOver(long now) {
        int inFlight = peak.get();
        if (inFlight != lastPeak) {
            lastPeak = inFlight;
            grewAt = now;
        }
        return now - grewAt >= STILL || now - since > GROWTH_LIMIT;
    }

    FanOut fact(long now) {
        return new FanOut(
                now,
                downstream.name(),
                site,
                threshold,
                peak.get(),
                downstream.highWater(),
                downstream.connectsPerSecond(now),
                moment.stack(),
                moment.request());
    }
}
