package io.stallsight.engine.control;

import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Output;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Passes all findings to the listeners of the test support. Thread-safe; listeners run on the thread that reports. */
public final class FindingFeed implements Output, FactListener {

    private final Glimpses glimpses;
    private final CopyOnWriteArrayList<Consumer<Map<String, Object>>> listeners = new CopyOnWriteArrayList<>();

    public FindingFeed(Glimpses glimpses) {
        this.glimpses = glimpses;
    }

    void add(Consumer<Map<String, Object>> listener) {
        listeners.add(listener);
    }

    void remove(Consumer<Map<String, Object>> listener) {
        listeners.remove(listener);
    }

    @Override
    public void report(Finding finding, BlockingCall call, Delivery delivery) {
        if (!listeners.isEmpty()) {
            send(Events.of(call, finding.fingerprint(), glimpses.isRequestedOnly(delivery.thread())));
        }
    }

    @Override
    public void observed(Fact fact) {
        if (!listeners.isEmpty()) {
            Map<String, Object> event = Events.of(fact);
            if (event != null) {
                send(event);
            }
        }
    }

    private void send(Map<String, Object> event) {
        for (Consumer<Map<String, Object>> listener : listeners) {
            listener.accept(event);
        }
    }
}
