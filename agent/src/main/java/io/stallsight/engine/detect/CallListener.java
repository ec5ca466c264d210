package io.stallsight.engine.detect;

import io.stallsight.engine.fact.BlockingCall;
import org.jspecify.annotations.Nullable;

/** Takes blocking calls, on the thread that blocked, so it has to be quick and must not block. */
public interface CallListener {

    /**
     * A call begins; what is returned comes back as {@link BlockingCall#attachment()}.
     *
     * @param onThread whether this is the thread that makes the call
     */
    @Nullable
    Object begin(boolean onThread);

    /** A call has ended that may be reported later. */
    void end(@Nullable Object attachment);

    void blockingCall(BlockingCall call);
}
