package io.stallsight.engine.connection;

import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.Request;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A site has crossed the threshold of fan-out. It is reported a moment later, when it is clear how far: after
 * {@value #STILL_MILLIS} ms without growth, the burst is over. The threads that begin more raise the peak; the sampling
 * thread does the rest.
 *
 * <p>Requests that each open a connection are reported as connections, not twice: a burst of requests is left out
 * within {@value #REST_SECONDS} s of a burst of connections to the downstream. As clients connect on threads of their
 * own, a burst of requests is over when no connection begins any more, either. Bursts of requests over open connections
 * may follow each other by milliseconds, so a site is reported again only {@value #REST_SECONDS} s later; a burst of
 * connections has its cost, and each is reported.
 */
final class Crossing {

    /** On a busy machine, threads that begin more pause for a while. */
    private static final int STILL_MILLIS = 200;

    private static final long STILL = TimeUnit.MILLISECONDS.toNanos(STILL_MILLIS);

    /** A burst that goes on to grow is reported after that. */
    private static final long GROWTH_LIMIT = TimeUnit.SECONDS.toNanos(2);

    private static final int REST_SECONDS = 10;

    private static final long REST = TimeUnit.SECONDS.toNanos(REST_SECONDS);

    /**
     * The operation that crossed the threshold.
     *
     * @param stack innermost frame first, without frames of the agent
     * @param request for which it was
     */
    record Moment(List<StackTraceElement> stack, Request request) {}

    private final FlightCounter counter;
    private final @Nullable StackTraceElement site;
    private final Moment moment;
    private final int threshold;
    private final long since = System.nanoTime();
    private final AtomicInteger peak;

    /** When the sampling thread last saw the peak grow, or the connections. */
    private long lastBegun;

    private long grewAt;

    /** Whether the sampling thread has reported it, or left it out, and when. */
    private volatile boolean done;

    private volatile long doneAt;

    /** @param inFlight of the site, the one included that crosses the threshold */
    Crossing(FlightCounter counter, @Nullable StackTraceElement site, Moment moment, int threshold, int inFlight) {
        this.counter = counter;
        counter.crossed(since);
        this.site = site;
        this.moment = moment;
        this.threshold = threshold;
        this.peak = new AtomicInteger(inFlight);
    }

    /** Host and port. */
    String downstream() {
        return counter.downstream().name();
    }

    void raise(int inFlight) {
        peak.accumulateAndGet(inFlight, Math::max);
    }

    /** Whether the burst is over, as the sampling thread sees it at a look. */
    boolean isOver(long now) {
        long begun = peak.get()
                + (isOfRequests() ? counter.downstream().connections().begun() : 0);
        if (begun != lastBegun) {
            lastBegun = begun;
            grewAt = now;
        }
        return now - grewAt >= STILL || now - since > GROWTH_LIMIT;
    }

    /** Whether the site may be reported again once its number has fallen. Called by any thread. */
    boolean makesRoom(long now) {
        return !isOfRequests() || done && now - doneAt >= REST;
    }

    /**
     * What is to be reported now that the burst is over; null if its connections are. Called by the sampling thread.
     */
    @Nullable
    FanOut end(long now) {
        doneAt = now;
        done = true;
        counter.crossed(now);
        return isOfRequests() && counter.downstream().connections().hasCrossed(now, REST) ? null : fact(now);
    }

    private boolean isOfRequests() {
        return counter.operation() == FanOut.Operation.REQUEST;
    }

    private FanOut fact(long now) {
        return new FanOut(
                now,
                counter.downstream().name(),
                counter.operation(),
                site,
                threshold,
                peak.get(),
                counter.highWater(),
                counter.perSecond(now),
                moment.stack(),
                moment.request());
    }
}
