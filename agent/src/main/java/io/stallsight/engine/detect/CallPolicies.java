package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.fact.BlockingCall;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The policies that decide about each blocking call that no rule allows. Thread-safe. */
public final class CallPolicies {

    private final CopyOnWriteArrayList<CallPolicy> policies = new CopyOnWriteArrayList<>();

    CallPolicies() {}

    /** Takes effect with the next call. */
    public void add(CallPolicy policy) {
        policies.add(policy);
    }

    public void remove(CallPolicy policy) {
        policies.remove(policy);
    }

    boolean isEmpty() {
        return policies.isEmpty();
    }

    /** The error of the first policy that refuses the call; null if no policy refuses it. */
    @Nullable
    Throwable refuse(Point point, BlockingCall call) {
        for (CallPolicy policy : policies) {
            Throwable refusal = policy.refuse(point, call);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }
}
