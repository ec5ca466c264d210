package io.stallsight.engine.finding;

import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;

/**
 * Takes each reported blocking call. Called on the blocked thread, or on a thread of the agent for a call that was seen
 * from outside. So it must be quick and must not block.
 */
public interface Output {

    /** Loads the classes that a first report needs. Called once, on a thread of the agent. */
    default void rehearse(Finding finding, BlockingCall call) {}

    /**
     * There are more findings than {@link Findings} keeps: from here on some are forgotten. Called once, on the thread
     * of the call that was one too many.
     *
     * @param max how many are kept
     */
    default void forgetting(int max) {}

    /**
     * Takes one call.
     *
     * @param finding already counts {@code call}
     * @param delivery valid during this method only
     */
    void report(Finding finding, BlockingCall call, Delivery delivery);
}
