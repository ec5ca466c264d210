package io.stallsight.engine.fact;

import io.stallsight.frame.Frames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One site has begun more operations on one downstream at once than the threshold.
 *
 * @param time when it was reported; see {@link Fact}
 * @param downstream {@code host:port}
 * @param operation what it has begun: connections, or requests, of which many share a connection
 * @param site the application frame that began them; null if none was on the stack, neither of the connects nor where
 *     what connects was made
 * @param inFlight the site's operations on the downstream that were in flight at once, at the most
 * @param highWater all operations of this kind on the downstream that were in flight at once, at the most
 * @param perSecond operations of this kind that were begun on the downstream, in the last seconds
 * @param stack of the operation that crossed the threshold, innermost frame first, without frames of the agent
 * @param request for which that operation was
 */
public record FanOut(
        long time,
        String downstream,
        Operation operation,
        @Nullable StackTraceElement site,
        int threshold,
        int inFlight,
        int highWater,
        double perSecond,
        List<StackTraceElement> stack,
        Request request)
        implements Notice {

    /** What is in flight. */
    public enum Operation {
        /** A connection, from the begin of its connect to its close. */
        CONNECTION("connections", "connects"),
        /** A request over a connection that others may share, until it is answered. */
        REQUEST("requests", "requests");

        private final String plural;
        private final String begun;

        Operation(String plural, String begun) {
            this.plural = plural;
            this.begun = begun;
        }

        /** {@code connections} or {@code requests}: as reports and events name them. */
        public String plural() {
            return plural;
        }
    }

    @Override
    public Type type() {
        return Type.FAN_OUT;
    }

    @Override
    public long shownAt() {
        return time;
    }

    /** Several threads may have begun the operations. */
    @Override
    public String threadName() {
        return "";
    }

    @Override
    public String headline() {
        return inFlight + " " + operation.plural + " to " + downstream + " at once";
    }

    @Override
    public String details() {
        return "threshold " + threshold + ", " + highWater + " in flight at once from all sites, "
                + Math.round(perSecond) + " " + operation.begun + " a second";
    }

    @Override
    public String fix() {
        return "bound it to what the downstream bears: flatMap with a concurrency, a semaphore, a pool";
    }

    /** The site as people read it; empty if there is none. */
    public String siteText() {
        return site == null ? "" : Frames.describe(site);
    }
}
