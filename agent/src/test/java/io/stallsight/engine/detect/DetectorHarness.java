package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.Mode;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.hook.StallsightAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A detector behind the hooks, without weaving: tests call the hooks as woven code does. Threads loop-* must not block.
 */
final class DetectorHarness {

    final List<BlockingCall> calls = new CopyOnWriteArrayList<>();
    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    private final Catalog catalog;
    private final List<FrameRule> rules = new ArrayList<>();
    private Mode mode = Mode.OBSERVE;
    private long threshold;
    private Calls judge;

    DetectorHarness(String catalog) {
        this.catalog = TestCatalogs.of(catalog);
    }

    DetectorHarness mode(Mode mode) {
        this.mode = mode;
        return this;
    }

    DetectorHarness threshold(long nanos) {
        this.threshold = nanos;
        return this;
    }

    DetectorHarness rule(FrameRule rule) {
        rules.add(rule);
        return this;
    }

    DetectorHarness install() {
        // a threshold of 0 has to be written without a unit
        String thresholds = "threshold.blocking=" + (threshold == 0 ? "0" : threshold + "ns");
        Config config =
                TestDetectors.config("threads=loop-*,mode=" + mode.name().toLowerCase(Locale.ROOT) + "," + thresholds);
        Detection detection = TestDetectors.detection(catalog, config);
        detection.rules().add(rules);
        CallListener listener = (call, delivery) -> {
            calls.add(call);
            deliveries.add(delivery);
        };
        judge = new Calls(detection, listener);
        StallsightAgent.attach(TestDetectors.of(detection, judge, listener), new HookTable(catalog).flags());
        return this;
    }

    /** What the installed detector judges calls by. */
    Calls judge() {
        return judge;
    }

    void uninstall() {
        StallsightAgent.detach();
    }

    /** Runs the task on a thread of that name, to its end. */
    void onThread(String name, Runnable task) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(task, name);
        thread.setUncaughtExceptionHandler((died, e) -> failure.set(e));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (failure.get() != null) {
            throw new AssertionError("on " + name, failure.get());
        }
    }
}
