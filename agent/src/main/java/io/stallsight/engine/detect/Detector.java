package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightEngine;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightThread;
import org.jspecify.annotations.Nullable;

/**
 * The engine's end of the hooks: hands what they report to the part that decides it. Its methods run on application
 * threads; the re-entrancy guard is up. It is the last thing to be built: from its installation on, hooks call.
 *
 * <p>A call is published at one and the same depth below the hooks from everywhere ({@code Hook.x -> Thread.x ->
 * Detector.x -> Calls.x or Selectors.x -> CallListener.blockingCall}): the JFR output cuts a fixed number of frames.
 */
public final class Detector extends StallsightEngine {

    private final Catalog catalog;
    private final ThreadClassifier classifier;
    private final AskedPolicies asked;
    private final LoopThreads threads;
    private final Calls calls;
    private final Selectors selectors;
    private final TickListener ticks;
    private final ConnectionListener connections;
    private final ApplicationListener application;

    /** @param listener the one that {@code calls} has */
    public Detector(
            Detection detection,
            Calls calls,
            CallListener listener,
            TickListener ticks,
            ConnectionListener connections,
            ApplicationListener application) {
        this.catalog = detection.catalog();
        this.classifier = detection.classifier();
        this.asked = detection.asked();
        this.threads = new LoopThreads(detection);
        this.calls = calls;
        this.selectors = new Selectors(catalog, threads, calls, listener);
        this.ticks = ticks;
        this.connections = connections;
        this.application = application;
    }

    /** Drops what threads that live on would keep of the engine and its loader. */
    public void forgetThreads() {
        threads.forgetAll();
    }

    @Override
    public void classify(StallsightThread state) {
        threads.classify(state);
    }

    @Override
    public boolean nonBlockingNow(StallsightThread state) {
        return classifier.nonBlockingNow(state.thread());
    }

    @Override
    public void loopSeen(StallsightThread state, int point) {
        threads.runsLoopPoint(state);
    }

    @Override
    public void threadStarting(Thread thread) {
        if (!threads.starting(thread)) {
            application.threadStarting();
        }
    }

    @Override
    public void threadEnding(StallsightThread state) {
        calls.publishPending(state);
        ThreadRecord record = threads.ending(state);
        if (record != null) {
            selectors.ended(record);
        }
    }

    @Override
    public @Nullable Throwable askPolicies(StallsightThread state, int point) {
        return asked.ask(state, point);
    }

    @Override
    public @Nullable Throwable refuse(StallsightThread state) {
        return calls.refuse(state);
    }

    @Override
    public void exited(StallsightThread state, long nanos) {
        calls.exited(state, nanos);
    }

    @Override
    public void publishPending(StallsightThread state) {
        calls.publishPending(state);
    }

    @Override
    public int selecting(StallsightThread state, Object selector) {
        return selectors.selecting(state, selector);
    }

    @Override
    public void selected(StallsightThread state, Object selector, long nanos, boolean proven) {
        selectors.selected(state, selector, nanos, proven);
    }

    @Override
    public void selectorClosed(StallsightThread state, Object selector) {
        selectors.closed(state, selector);
    }

    @Override
    public void slowTick(StallsightThread state, StallsightLoop loop, long start, long end) {
        calls.publishPending(state); // a wait for a monitor belongs to the tick in which it was
        ticks.slowTick(new SlowTick(
                loop,
                state.thread(),
                start,
                end,
                loop.blocked(),
                loop.locked(),
                loop.longestCall() instanceof BlockingCall call ? call : null,
                ThreadTimes.of(loop.nativeId())));
    }

    @Override
    public @Nullable StallsightQueue queueSeen(Object executor) {
        return StallsightQueue.add(executor);
    }

    @Override
    public @Nullable Object connecting(Object connection, @Nullable Object remote) {
        return connections.connecting(connection, remote);
    }

    @Override
    public void made(Object what) {
        connections.made(what);
    }

    @Override
    public void passed(Object from, Object to) {
        connections.passed(from, to);
    }

    @Override
    public void connectFailed(Object token) {
        connections.connectFailed(token);
    }

    @Override
    public long connectionKey(Object connection) {
        return connections.key(connection);
    }

    @Override
    public void disconnected(Object connection) {
        connections.disconnected(connection);
    }

    @Override
    public boolean takeOver(Object tool) {
        return application.takeOver(tool);
    }

    @Override
    public void hostSeen(int point, Object host) {
        application.hostSeen(catalog.point(point), host);
    }
}
