package io.stallsight.engine.monitor;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.ConnectionRule;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.detect.AgentThread;
import io.stallsight.engine.detect.CallListener;
import io.stallsight.engine.detect.ConnectionListener;
import io.stallsight.engine.detect.Describer;
import io.stallsight.engine.detect.Detector;
import io.stallsight.engine.detect.Frames;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.detect.SlowTick;
import io.stallsight.engine.detect.TickListener;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is seen from outside of the threads. Two threads of the agent: one looks at the loops every few
 * milliseconds and must never wait; the other samples loops and pools once an interval, and may have to wait for a
 * pool's lock.
 */
public final class Monitors implements TickListener, ConnectionListener {

    private final NonBlockingThreads threads;
    private final Config config;
    private final MonitorListener listener;
    private final Gauges gauges;
    private final List<ConnectionRule> connectionRules;
    private final AgentThread sampling = new AgentThread("sample", this::sampleUntilStopped);
    private final AtomicReference<@Nullable StallWatch> stalls = new AtomicReference<>();
    private final AtomicReference<@Nullable Downstreams> downstreams = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> onVirtualThreads = new AtomicReference<>();
    private final Queue<Pinned> pinned = new ConcurrentLinkedQueue<>();
    private @Nullable Watch watch;
    private volatile boolean stopped;

    public Monitors(Catalog catalog, Config config, NonBlockingThreads threads, MonitorListener listener) {
        this.threads = threads;
        this.config = config;
        this.listener = listener;
        this.gauges = new Gauges(catalog.gauges());
        this.connectionRules = catalog.connections();
    }

    /** @param beforeWatching runs first on the watching thread */
    public void start(Detector detector, CallListener calls, Runnable beforeWatching) {
        StallWatch stallWatch = new StallWatch(threads, detector, gauges, listener, config.thresholdStall());
        stalls.set(stallWatch);
        downstreams.set(new Downstreams(origin(detector), connectionRules, config.thresholdFanOut(), listener));
        MonitorWatch monitorWatch = new MonitorWatch(threads, detector, calls);
        Runnable rehearse = () -> {
            beforeWatching.run();
            monitorWatch.rehearse();
        };
        List<Watch.Look> looks = new ArrayList<>();
        looks.add((now, due) -> monitorWatch.look(now));
        if (ModuleLayer.boot().findModule("java.management").isPresent()) {
            looks.add(stallWatch); // without that module of the JDK no cause could be told
        }
        watch = new Watch(threads, rehearse, looks);
        watch.start();
        sampling.start();
    }

    /**
     * Takes a pinned virtual thread, on any thread of the agent: told on the sampling thread, since JFR drops the
     * events of a thread that reads its stream.
     */
    public void pinned(Pinned event) {
        pinned.add(event);
    }

    private void tellPinned() {
        for (Pinned event = pinned.poll(); event != null; event = pinned.poll()) {
            listener.pinned(event);
        }
    }

    /** Runs once on the sampling thread when a virtual thread has come to a hook. To be called before the start. */
    public void onVirtualThreads(Runnable action) {
        onVirtualThreads.set(action);
    }

    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(sampling);
        if (watch != null) {
            watch.stop();
        }
        sampling.join(1_000);
        StallsightQueue.prune(true);
    }

    @Override
    public void slowTick(SlowTick tick) {
        StallWatch to = stalls.get();
        if (to != null) {
            to.slowTick(tick);
        }
    }

    @Override
    public @Nullable Object connecting(Object connection, @Nullable Object remote) {
        Downstreams to = downstreams.get();
        return to == null ? null : to.connecting(connection, remote);
    }

    @Override
    public void connectFailed(Object token) {
        Downstreams to = downstreams.get();
        if (to != null) {
            to.connectFailed(token);
        }
    }

    @Override
    public void disconnected(Object connection) {
        Downstreams to = downstreams.get();
        if (to != null) {
            to.disconnected(connection);
        }
    }

    private static Downstreams.Origin origin(Detector detector) {
        return new Downstreams.Origin() {
            @Override
            public @Nullable StackTraceElement caller() {
                return detector.caller();
            }

            @Override
            public List<StackTraceElement> stack() {
                return Frames.withoutAgent(new Throwable().getStackTrace());
            }

            @Override
            public String name(@Nullable Object remote) {
                return Describer.remote(remote);
            }
        };
    }

    private void sampleUntilStopped() {
        LoopSampler loops = new LoopSampler(threads, gauges, listener);
        long last = System.nanoTime();
        long ownDelay = 0;
        long lastWake = last;
        while (!stopped) {
            // in short steps: how late each of them ends is the lag of whoever has nothing else to wait for
            long due = lastWake + Math.min(STEP, config.interval());
            LockSupport.parkNanos(this, due - System.nanoTime());
            long now = System.nanoTime();
            ownDelay = Math.max(ownDelay, now - due);
            lastWake = now;
            lookAtDownstreams(now, false);
            lookForVirtualThreads();
            tellPinned();
            if (now - last >= config.interval() - STEP / 2) {
                try {
                    loops.sample(now, now - last, ownDelay);
                    sampleDownstreams(now);
                    StallsightQueue.prune(false);
                } catch (RuntimeException | Error e) {
                    StallsightHook.suppress(e);
                }
                last = now;
                ownDelay = 0;
            }
        }
        lookAtDownstreams(System.nanoTime(), true);
        tellPinned();
    }

    private void lookAtDownstreams(long now, boolean last) {
        Downstreams of = downstreams.get();
        try {
            if (of != null) {
                of.look(now, last);
            }
        } catch (RuntimeException | Error e) {
            StallsightHook.suppress(e);
        }
    }

    private void lookForVirtualThreads() {
        Runnable toStart = onVirtualThreads.get();
        if (toStart != null && StallsightThread.virtualThreadsSeen()) {
            onVirtualThreads.set(null);
            toStart.run();
        }
    }

    private void sampleDownstreams(long now) {
        Downstreams of = downstreams.get();
        if (of != null) {
            of.sample(now);
        }
    }

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);
}
