package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.fact.BlockingCall;
import org.jspecify.annotations.Nullable;

/**
 * Decides before each blocking call that no rule allows on a non-blocking thread. Runs on that thread with the
 * re-entrancy guard up: hooks ignore the calls that it makes.
 */
public interface CallPolicy {

    /**
     * Allows or refuses a call.
     *
     * @param point the woven method
     * @param call the call that is about to begin; its duration is 0
     * @return the error that is thrown instead of the call, or null to let the call happen
     */
    @Nullable
    Throwable refuse(Point point, BlockingCall call);
}
