package io.stallsight.engine.finding;

import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;

/**
 * Where findings go. Called on the thread that blocked (or on the agent's, for what was seen from outside): be quick.
 */
public interface Output {

    /** Loads what a first report needs, on a thread of the agent. */
    default void rehearse(Finding finding, BlockingCall call) {}

    /** {@code call} is already counted in {@code finding}. */
    void report(Finding finding, BlockingCall call, Delivery delivery);
}
