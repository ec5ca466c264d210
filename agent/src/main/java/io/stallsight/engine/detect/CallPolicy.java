package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Point;
import io.stallsight.engine.fact.BlockingCall;
import org.jspecify.annotations.Nullable;

/**
 * Is asked before a blocking call on a non-blocking thread that no rule allows. Runs on that thread with the
 * re-entrancy guard up, so that what it calls is not watched.
 */
public interface CallPolicy {

    /**
     * @param point the hook that the call came to
     * @param call that is about to begin; its duration is 0
     * @return what is thrown instead of the call, or null to let it happen
     */
    @Nullable
    Throwable refuse(Point point, BlockingCall call);
}
