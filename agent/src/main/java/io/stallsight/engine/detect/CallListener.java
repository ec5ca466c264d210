package io.stallsight.engine.detect;

import io.stallsight.engine.fact.BlockingCall;

/** Takes blocking calls, on the thread that blocked, so it has to be quick and must not block. */
public interface CallListener {

    /** {@code call} is to be reported. */
    void blockingCall(BlockingCall call, Delivery delivery);
}
