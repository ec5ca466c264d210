package io.stallsight.engine.detect;

import io.stallsight.hook.StallsightThread;

/**
 * How a blocking call comes to the outputs. It goes with the call to each output and is not kept, as it holds a thread
 * of the application.
 *
 * @param thread the blocked thread
 * @param place where the report is made
 * @param reportedBefore whether a tool of the application has reported the call already
 */
public record Delivery(Thread thread, Place place, boolean reportedBefore) {

    /** Where a report is made. */
    public enum Place {
        /** On the blocked thread, below the frames of the call: the current stack is the call's. */
        BELOW_CALL,

        /** On another thread, or on the blocked thread in the middle of something else. */
        ELSEWHERE
    }

    /** The call in progress on the current thread, or the one that has just ended there. */
    static Delivery ofCallOf(StallsightThread state) {
        return new Delivery(state.thread, Place.BELOW_CALL, state.call.told);
    }

    /** A call that only Stallsight has seen, reported from other frames than its own. */
    public static Delivery fromElsewhere(Thread thread) {
        return new Delivery(thread, Place.ELSEWHERE, false);
    }

    /** The same call, reported from other frames than its own. */
    Delivery elsewhere() {
        return new Delivery(thread, Place.ELSEWHERE, reportedBefore);
    }
}
