package io.stallsight.engine.fact;

import io.stallsight.frame.Frames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One site has opened more connections to one downstream at once than the threshold.
 *
 * @param time when it was reported; see {@link Fact}
 * @param downstream {@code host:port}
 * @param site the application frame that opened them; null if none was on the stack, neither of the connects nor where
 *     what connects was made
 * @param inFlight the site's connections to the downstream that were in flight at once, at the most
 * @param highWater all connections to the downstream that were in flight at once, at the most
 * @param connectsPerSecond to the downstream, in the last seconds
 * @param stack of the connect that crossed the threshold, innermost frame first, without frames of the agent
 * @param request for which that connect was
 */
public record FanOut(
        long time,
        String downstream,
        @Nullable StackTraceElement site,
        int threshold,
        int inFlight,
        int highWater,
        double connectsPerSecond,
        List<StackTraceElement> stack,
        Request request)
        implements Notice {

    @Override
    public Type type() {
        return Type.FAN_OUT;
    }

    @Override
    public long shownAt() {
        return time;
    }

    /** Several threads may have opened the connections. */
    @Override
    public String threadName() {
        return "";
    }

    @Override
    public String headline() {
        return inFlight + " connections to " + downstream + " at once";
    }

    @Override
    public String details() {
        return "threshold " + threshold + ", " + highWater + " in flight at once from all sites, "
                + Math.round(connectsPerSecond) + " connects a second";
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
