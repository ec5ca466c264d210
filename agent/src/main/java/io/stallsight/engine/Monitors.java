package io.stallsight.engine;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.connection.ConnectionPorts;
import io.stallsight.engine.connection.Downstreams;
import io.stallsight.engine.contention.ContentionWatch;
import io.stallsight.engine.deadlock.DeadlockWatch;
import io.stallsight.engine.detect.CallListener;
import io.stallsight.engine.detect.ConnectionListener;
import io.stallsight.engine.detect.Describer;
import io.stallsight.engine.detect.Detector;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.detect.SlowTick;
import io.stallsight.engine.detect.TickListener;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.IntervalEnd;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.loop.LoopSampler;
import io.stallsight.engine.pool.PoolSampler;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stall.StallWatch;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.engine.watch.Heartbeats;
import io.stallsight.engine.watch.Watch;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private final FactListener listener;
    private final Catalog catalog;
    private final Gauges gauges;
    private final ConnectionPorts ports;
    private final AtomicReference<@Nullable Detector> detector = new AtomicReference<>();
    private final AgentThread sampling = new AgentThread("sample", this::sampleUntilStopped);
    private final AtomicReference<@Nullable StallWatch> stalls = new AtomicReference<>();
    private final AtomicReference<@Nullable ContentionWatch> monitorWaits = new AtomicReference<>();
    private final Heartbeats beats = new Heartbeats();
    private final AtomicReference<@Nullable DeadlockWatch> deadlocks = new AtomicReference<>();
    private final AtomicReference<@Nullable Downstreams> downstreams = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> onVirtualThreads = new AtomicReference<>();
    private final Queue<Pinned> pinned = new ConcurrentLinkedQueue<>();
    private @Nullable Watch watch;
    private volatile boolean stopped;

    public Monitors(Catalog catalog, Config config, NonBlockingThreads threads, FactListener listener) {
        this.threads = threads;
        this.config = config;
        this.listener = listener;
        this.catalog = catalog;
        this.gauges = new Gauges(catalog.gauges());
        this.ports = new ConnectionPorts(catalog.addresses());
    }

    /**
     * Packages of java.base that have to be opened to this module: for the workers of pools, what futures and
     * references hang on, and the virtual thread that a carrier runs.
     */
    public static List<String> needs() {
        return List.of(
                "java.util", "java.util.concurrent", "java.util.concurrent.atomic", "java.lang", "jdk.internal.vm");
    }

    /** @param beforeWatching runs first on the watching thread */
    public void start(Detector detector, CallListener calls, Runnable beforeWatching) {
        this.detector.set(detector);
        StallWatch stallWatch = new StallWatch(
                threads, detector, gauges, beats, catalog.concurrentCollectors(), listener, config.thresholdStall());
        stalls.set(stallWatch);
        downstreams.set(new Downstreams(origin(detector), catalog.connections(), config.thresholdFanOut(), listener));
        ContentionWatch monitorWatch = new ContentionWatch(threads, detector, calls);
        monitorWaits.set(monitorWatch);
        Runnable rehearse = () -> {
            beforeWatching.run();
            monitorWatch.rehearse();
        };
        List<Watch.Look> looks = new ArrayList<>();
        looks.add((now, due) -> monitorWatch.look(now));
        if (tellsStalls()) {
            looks.add(stallWatch);
        }
        watch = new Watch(threads, rehearse, looks);
        watch.start();
        deadlocks.set(new DeadlockWatch(threads, detector.glimpses(), detector.stacks(), listener));
        sampling.start();
    }

    /** Whether stalls are told on this JVM: without module java.management no cause could be. */
    public static boolean tellsStalls() {
        return ModuleLayer.boot().findModule("java.management").isPresent();
    }

    /**
     * Takes a pinned virtual thread, on any thread of the agent: told on the sampling thread, since JFR drops the
     * events of a thread that reads its stream.
     */
    public void pinned(Pinned event) {
        pinned.add(event);
    }

    /** Runs once on the sampling thread when a virtual thread has come to a hook. To be called before the start. */
    public void onVirtualThreads(Runnable action) {
        onVirtualThreads.set(action);
    }

    /**
     * Has told what has been seen so far: contended monitors whose threads have not told them yet, stalls that are
     * over. Waits no longer than {@code nanos}; returns whether all was told.
     */
    public boolean flush(long nanos) {
        Watch running = watch;
        ContentionWatch monitorWatch = monitorWaits.get();
        StallWatch stallWatch = stalls.get();
        if (running == null || monitorWatch == null || stallWatch == null) {
            return true;
        }
        monitorWatch.hurry();
        try {
            return running.awaitRounds(
                    () -> threads.all().isEmpty() || stallWatch.isSettled() && monitorWatch.isSettled(), nanos);
        } finally {
            monitorWatch.calmDown();
        }
    }

    /** A loop is about to be made, whose first wait counts: gets ready, for no longer than {@code nanos}. */
    public void expectLoops(long nanos) {
        Watch running = watch;
        if (running != null) {
            running.expect(nanos);
        }
    }

    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(sampling);
        if (watch != null) {
            watch.stop();
            StallWatch stallWatch = stalls.get();
            if (stallWatch != null) {
                stallWatch.close();
            }
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
    public long key(Object connection) {
        return ports.key(connection);
    }

    @Override
    public void made(Object what) {
        Downstreams to = downstreams.get();
        if (to != null) {
            to.made(what);
        }
    }

    @Override
    public void passed(Object from, Object heir) {
        Downstreams to = downstreams.get();
        if (to != null) {
            to.passed(from, heir);
        }
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
                return AgentFrames.withoutAgent(new Throwable().getStackTrace());
            }

            @Override
            public String name(@Nullable Object remote) {
                return Describer.remote(remote);
            }
        };
    }

    private void sampleUntilStopped() {
        LoopSampler loops = new LoopSampler(threads, gauges, listener);
        PoolSampler pools = new PoolSampler(
                catalog, threads, Objects.requireNonNull(detector.get()).stacks(), listener, config.thresholdPool());
        long last = System.nanoTime();
        long lastCheck = last;
        long ownDelay = 0;
        long lastWake = last;
        while (!stopped) {
            // in short steps: how late each of them ends is the lag of whoever has nothing else to wait for
            long due = lastWake + Math.min(STEP, config.interval());
            LockSupport.parkNanos(this, due - System.nanoTime());
            long now = System.nanoTime();
            ownDelay = Math.max(ownDelay, now - due);
            lastWake = now;
            beats.beat(now);
            guarded(() -> tellSoon(now, false));
            if (now - last >= config.interval() - STEP / 2) {
                long since = now - last;
                long delay = ownDelay;
                guarded(() -> {
                    loops.sample(now, since, delay);
                    pools.sample(now);
                    sampleDownstreams(now);
                    listener.observed(new IntervalEnd(now));
                });
                last = now;
                lastCheck = now;
                ownDelay = 0;
            } else if (now - lastCheck >= CHECK - STEP / 2) {
                guarded(() -> pools.check(now));
                lastCheck = now;
            }
        }
        guarded(() -> tellSoon(System.nanoTime(), true));
    }

    /** An error of one sampler is counted and does not end the others. */
    private static void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            StallsightErrors.suppress(e);
        }
    }

    /** What does not wait for the end of the interval. */
    private void tellSoon(long now, boolean last) {
        Downstreams of = downstreams.get();
        if (of != null) {
            of.look(now, last);
        }
        Runnable toStart = onVirtualThreads.get();
        if (toStart != null && !last && StallsightThread.virtualThreadsSeen()) {
            onVirtualThreads.set(null);
            toStart.run();
        }
        for (Pinned event = pinned.poll(); event != null; event = pinned.poll()) {
            listener.observed(event);
        }
        DeadlockWatch deadlockWatch = deadlocks.get();
        if (deadlockWatch != null && !last) {
            deadlockWatch.look(now);
        }
    }

    private void sampleDownstreams(long now) {
        Downstreams of = downstreams.get();
        if (of != null) {
            of.sample(now);
        }
    }

    /** How often pools in which something waits are looked at. */
    private static final long CHECK = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);
}
