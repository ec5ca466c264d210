package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.reflect.OwnersOfPermits;
import io.stallsight.engine.reflect.RequestReader;
import io.stallsight.engine.stack.Callers;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.Doorbell;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightEngine;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightQueues;
import io.stallsight.hook.StallsightSampling;
import io.stallsight.hook.StallsightThread;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The engine's end of the hooks: hands each observation to the class that decides about it. Its methods run on threads
 * of the application with the re-entrancy guard up. It is built last, because hooks call it from its installation on.
 */
public final class Detector extends StallsightEngine {

    private final Catalog catalog;
    private final ThreadClassifier classifier;
    private final PointPolicies pointPolicies;
    private final LoopThreads threads;
    private final Doorbell watchBell;
    private final Doorbell samplingBell;
    private final Calls calls;
    private final Selectors selectors;
    private final WaitListener waits;
    private final TickListener ticks;
    private final ConnectionListener connections;
    private final ExchangeListener exchanges;
    private final ApplicationListener application;
    private final RequestReader requests;
    private final Callers callers;
    private final LimitMakers limitMakers;
    private final StalledRequests stalled;
    private final Stacks stacks;

    /**
     * @param listener the listener of {@code calls}
     * @param samplingBell the sampling thread sleeps there
     */
    public Detector(
            Detection detection,
            Calls calls,
            CallListener listener,
            WaitListener waits,
            TickListener ticks,
            ConnectionListener connections,
            ExchangeListener exchanges,
            Doorbell samplingBell,
            ApplicationListener application) {
        this.catalog = detection.catalog();
        this.classifier = detection.classifier();
        this.pointPolicies = detection.pointPolicies();
        this.threads = new LoopThreads(detection);
        this.samplingBell = samplingBell;
        this.watchBell = detection.nonBlocking().watchBell();
        this.calls = calls;
        this.selectors = new Selectors(catalog, threads, calls, listener, detection.stacks());
        this.waits = waits;
        this.ticks = ticks;
        this.connections = connections;
        this.exchanges = exchanges;
        this.application = application;
        this.requests = detection.requests();
        this.callers = detection.callers();
        this.limitMakers = new LimitMakers(callers, detection.limitNames());
        this.stalled = new StalledRequests(detection);
        this.stacks = detection.stacks();
    }

    /** Takes from threads that live on everything that would keep the engine and its loader. */
    public void forgetThreads() {
        threads.forgetAll();
    }

    @Override
    public void classify(StallsightThread state) {
        threads.classify(state);
    }

    @Override
    public int roleNow(StallsightThread state) {
        return classifier.roleNow(state.thread());
    }

    @Override
    public void loopSeen(StallsightThread state, int point) {
        threads.runsLoopPoint(state);
    }

    @Override
    public void loopWaits(StallsightThread state) {
        stacks.loopWaits();
    }

    @Override
    public void threadStarting(Thread thread) {
        if (!threads.starting(thread)) {
            application.threadStarting();
        }
    }

    @Override
    public void threadStartFailed(Thread thread) {
        threads.startFailed(thread);
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
        return pointPolicies.refuse(state, point);
    }

    @Override
    public @Nullable Throwable refuse(StallsightThread state) {
        return calls.refuse(state);
    }

    @Override
    public void exited(StallsightThread state, long nanos) {
        waits.waitEnds(state);
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
    public void wakeWatch() {
        watchBell.ring();
    }

    @Override
    public void wakeSampling() {
        samplingBell.ring();
    }

    @Override
    public void slowTick(StallsightThread state, StallsightLoop loop, long start, long end) {
        StalledRequests.tickEnds(loop, start);
        calls.publishPending(state); // a wait for a monitor belongs to the tick in which it was
        TracedTime.add(state, loop, requests, end);
        ticks.slowTick(new SlowTick(
                loop,
                state.thread(),
                ThreadFacts.name(state.thread()),
                start,
                end,
                loop.busy(),
                loop.tick().blocked(),
                loop.tick().locked(),
                loop.tick().longestCall() instanceof BlockingCall call ? call : null,
                // one that took less may not be why the tick was long
                loop.tick().requestOf((end - start) / 2) instanceof Request request ? request : Request.UNKNOWN,
                TracedTime.ofMost(loop, end - start),
                ThreadTimes.of(loop.nativeId())));
    }

    @Override
    public long runs(StallsightLoop loop) {
        ThreadTimes times = ThreadTimes.of(loop.nativeId());
        return times == null ? -1 : times.runs();
    }

    @Override
    public @Nullable StallsightQueue queueSeen(Object executor) {
        StallsightQueue added = StallsightQueues.add(executor);
        if (StallsightSampling.isAsleep()) {
            samplingBell.ring(); // it may be the scheduler of virtual threads
        }
        return added;
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
    public void exchangeSent(Object exchange, @Nullable Object answer) {
        if (answer instanceof CompletableFuture<?> future) {
            exchanges.sent(exchange, future);
        }
    }

    @Override
    public void exchangeBegins(Object exchange, @Nullable Object sender) {
        exchanges.began(exchange, sender);
    }

    @Override
    public void exchangeEnds(Object exchange, @Nullable Object outcome) {
        exchanges.ended(exchange, outcome);
    }

    @Override
    public void exchangeFails(Object exchange) {
        exchanges.failed(exchange);
    }

    @Override
    public void requestServed(StallsightThread state, long nanos) {
        calls.publishPending(state); // a wait for a monitor belongs to the request in which it was
        StallsightLoop loop = state.loop();
        if (loop != null) {
            stalled.served(state, loop, nanos);
        }
    }

    @Override
    public void traceEnds(StallsightThread state, StallsightLoop loop) {
        TracedTime.add(state, loop, requests, System.nanoTime());
    }

    @Override
    public void requestFollows(StallsightThread state, long context) {
        requests.handedOn().begun(context, state.request());
    }

    @Override
    public void requestFollowed(StallsightThread state, long context) {
        requests.followed(state.request(), context);
    }

    @Override
    public void messageRead(StallsightLoop loop, Object channel, Object message) {
        stalled.messageRead(loop, channel, message);
    }

    @Override
    public void requestBegins(StallsightThread state, StallsightLoop loop) {
        stalled.begins(state, loop);
    }

    @Override
    public void requestWaited(StallsightThread state, boolean late, boolean waited) {
        StallsightLoop loop = state.loop();
        if (loop != null) {
            stalled.waited(state, loop, late, waited);
        }
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
    public @Nullable StackTraceElement borrowingLine() {
        return callers.caller();
    }

    @Override
    public @Nullable String nameOfLimit(Object semaphore) {
        return limitMakers.nameOf(semaphore);
    }

    @Override
    public int permitsOf(Object owner) {
        return (int) Math.min(Integer.MAX_VALUE, OwnersOfPermits.permits(owner, catalog.pools()));
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
