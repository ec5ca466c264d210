package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.FrameRule;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.Glob;
import io.stallsight.engine.config.Mode;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.hook.StallsightHook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A detector behind the hooks, without weaving: tests call the hooks as woven code does. Threads loop-* must not block.
 */
final class DetectorHarness {

    final List<BlockingCall> calls = new CopyOnWriteArrayList<>();

    private final Catalog catalog;
    private final List<FrameRule> rules = new ArrayList<>();
    private Mode mode = Mode.OBSERVE;
    private long threshold;
    private Detector detector;

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
        Config config = new Config(
                mode,
                List.of(new Glob("loop-*")),
                List.of(),
                List.of(),
                List.of(),
                null,
                threshold,
                1,
                1,
                100,
                1,
                null);
        CallListener listener = new CallListener() {
            @Override
            public Object begin(boolean onThread) {
                return null;
            }

            @Override
            public void end(Object attachment) {}

            @Override
            public void blockingCall(BlockingCall call) {
                calls.add(call);
            }
        };
        ConnectionListener connections = new ConnectionListener() {
            @Override
            public Object connecting(Object connection, Object remote) {
                return null;
            }

            @Override
            public void connectFailed(Object token) {}

            @Override
            public void disconnected(Object connection) {}
        };
        detector = new Detector(
                catalog, config, rules, new Describer(), new NonBlockingThreads(), listener, tick -> {}, connections);
        StallsightHook.install(detector, new HookTable(catalog).flags());
        return this;
    }

    Detector detector() {
        return detector;
    }

    void uninstall() {
        StallsightHook.uninstall();
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
