package io.stallsight.engine.finding;

import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.IntervalEnd;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.reflect.HandedOnRequests;

/** Wants requests to be followed while there are reports that need it, and lets it rest when there are none. */
public final class RequestFollower implements Output, FactListener {

    private final HandedOnRequests requests;

    public RequestFollower(HandedOnRequests requests) {
        this.requests = requests;
    }

    @Override
    public void report(Finding finding, BlockingCall call, Delivery delivery) {
        reported(call.request(), call.context());
    }

    @Override
    public void observed(Fact fact) {
        if (fact instanceof Stall stall && stall.cause().hasSite()) {
            reported(stall.request(), stall.context());
        } else if (fact instanceof SelfDeadlock deadlock) {
            reported(deadlock.request(), deadlock.context());
        } else if (fact instanceof IntervalEnd) {
            requests.rest(System.nanoTime());
        }
    }

    private void reported(Request request, long context) {
        if (request.name().isEmpty() || context != 0) {
            requests.wanted(System.nanoTime());
        }
    }
}
