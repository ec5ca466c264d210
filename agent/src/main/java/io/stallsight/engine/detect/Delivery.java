package io.stallsight.engine.detect;

import io.stallsight.engine.stack.ReportDepth;
import io.stallsight.hook.StallsightThread;
import org.jspecify.annotations.Nullable;

/**
 * How a blocking call comes to the outputs. It goes with the call to each output and is not kept, as it holds a thread
 * of the application.
 *
 * @param thread the blocked thread
 * @param depth how many frames of the agent are on top of those of the call, where the blocked thread itself reports
 *     the call before it leaves it; null where another thread reports the call, or the blocked one in the middle of
 *     something else
 * @param reportedBefore whether a tool of the application has reported the call already
 */
public record Delivery(Thread thread, @Nullable ReportDepth depth, boolean reportedBefore) {

    /** The blocked thread reports its call in progress, or the one that has just ended. */
    static Delivery belowCall(StallsightThread state, ReportDepth depth) {
        return new Delivery(state.thread(), depth, state.call().isReported());
    }

    /** A call that only Stallsight has seen is reported from other frames than its own. */
    public static Delivery fromElsewhere(Thread thread) {
        return new Delivery(thread, null, false);
    }

    /** The same call, reported from other frames than its own. */
    Delivery elsewhere() {
        return new Delivery(thread, null, reportedBefore);
    }
}
