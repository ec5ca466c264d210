package io.stallsight.engine.detect;

import io.stallsight.engine.fact.BlockingCall;

/** Takes blocking calls, on the blocked thread or on one of the agent. It must be quick and must not block. */
public interface CallListener {

    /** Reports {@code call}. */
    void blockingCall(BlockingCall call, Delivery delivery);
}
