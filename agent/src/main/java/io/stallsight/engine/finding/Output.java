package io.stallsight.engine.finding;

import io.stallsight.engine.fact.BlockingCall;
import org.jspecify.annotations.Nullable;

/**
 * Where findings go. Called on the thread that blocked (or on the agent's, for what was seen from outside): be quick.
 */
public interface Output {

    /**
     * At the start of a call: anything that {@link #report} needs from then, or null. See
     * {@link io.stallsight.engine.detect.CallListener#begin}.
     */
    default @Nullable Object begin(boolean onThread) {
        return null;
    }

    /** The call has ended, its report may come later. */
    default void end(@Nullable Object attachment) {}

    /** Loads what a first report needs, on a thread of the agent. */
    default void rehearse(Finding finding, BlockingCall call) {}

    /** {@code call} is already counted in {@code finding}. */
    void report(Finding finding, BlockingCall call);
}
