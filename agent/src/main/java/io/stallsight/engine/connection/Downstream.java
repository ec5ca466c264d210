package io.stallsight.engine.connection;

import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.InFlight;
import org.jspecify.annotations.Nullable;

/**
 * The connections and requests to one remote address. Counted by the threads that begin and end them, read by the
 * sampling thread.
 */
final class Downstream {

    private final String name;
    private final FlightCounter connections;
    private final FlightCounter requests;

    /** State of the sampling thread: whether the last sample had something to report, and when one had last. */
    private boolean lastActive;

    private long activeAt;

    /** @param now {@link System#nanoTime()} */
    Downstream(String name, int threshold, long now) {
        this.name = name;
        this.connections = new FlightCounter(this, FanOut.Operation.CONNECTION, threshold, now);
        this.requests = new FlightCounter(this, FanOut.Operation.REQUEST, threshold, now);
        this.activeAt = now;
    }

    /** Host and port. */
    String name() {
        return name;
    }

    FlightCounter connections() {
        return connections;
    }

    FlightCounter of(FanOut.Operation operation) {
        return operation == FanOut.Operation.CONNECTION ? connections : requests;
    }

    /** The sample of an interval that ends {@code now}, or null if nothing happened. Called by the sampling thread. */
    @Nullable
    DownstreamSample sample(long now) {
        InFlight ofConnections = connections.sample(now);
        InFlight ofRequests = requests.sample(now);
        boolean active = isActive(ofConnections) || isActive(ofRequests);
        boolean reported = active || lastActive;
        lastActive = active;
        activeAt = active ? now : activeAt;
        return reported ? new DownstreamSample(now, name, ofConnections, ofRequests) : null;
    }

    private static boolean isActive(InFlight sample) {
        return sample.peak() > 0 || sample.begun() > 0 || sample.failed() > 0;
    }

    /** Nanoseconds since there was anything to report; 0 if there is. */
    long idleFor(long now) {
        return connections.now() > 0 || requests.now() > 0 ? 0 : now - activeAt;
    }
}
