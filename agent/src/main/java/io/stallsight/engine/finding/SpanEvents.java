package io.stallsight.engine.finding;

import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.reflect.TraceContexts;
import io.stallsight.text.DurationText;

/**
 * Says in the application's own trace what blocked: the span that is current on the blocked thread gets an event. No
 * span is made, so no sampling changes.
 */
public final class SpanEvents implements Output {

    private final TraceContexts traces;

    public SpanEvents(TraceContexts traces) {
        this.traces = traces;
    }

    @Override
    public void rehearse(Finding finding, BlockingCall call) {
        text(call);
    }

    @Override
    public void report(Finding finding, BlockingCall call, Delivery delivery) {
        if (!call.request().traceId().isEmpty() && delivery.thread() == Thread.currentThread()) {
            traces.addEvent(text(call));
        }
    }

    private static String text(BlockingCall call) {
        String lasted = call.nanos() > 0 ? " for " + DurationText.of(call.nanos()) : ", refused,";
        return "blocking call: " + call.api() + " on " + call.threadName() + lasted + " at " + call.siteText();
    }
}
