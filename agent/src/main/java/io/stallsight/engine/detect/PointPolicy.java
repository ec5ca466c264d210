package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.point.Point;
import org.jspecify.annotations.Nullable;

/**
 * Decides about each call of the points of type {@link Point.Type#POLICY}, on the threads that it has an opinion on. A
 * {@link CallPolicy} decides about reportable calls only; this one sees each call, inner ones too, and has rules of its
 * own.
 */
public interface PointPolicy extends ThreadPolicy {

    /**
     * What a policy has decided about a call.
     *
     * @param reported whether the policy has reported the call, so that no other report is due
     * @param refusal the error that is thrown instead of the call, or null to let the call happen
     */
    record Decision(boolean reported, @Nullable Throwable refusal) {

        public static final Decision NOT_REPORTED = new Decision(false, null);
        public static final Decision REPORTED = new Decision(true, null);
    }

    /**
     * Decides about a call that is about to begin on the current thread.
     *
     * @param dynamic whether {@link #about} answered that the thread changes; then the policy has to find out whether
     *     it must not block at this moment
     */
    Decision decide(Point point, Thread thread, boolean dynamic);
}
