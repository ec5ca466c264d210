package io.stallsight.engine.watch;

import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightErrors;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The thread that looks at the loops every {@value #PERIOD_MILLIS} ms. It must never wait for anything else. */
public final class Watch {

    public static final int PERIOD_MILLIS = 5;

    /** While there is no non-blocking thread; the first one ends the pause. */
    private static final int IDLE_PERIOD_MILLIS = 50;

    private static final long ROUND_PATIENCE = TimeUnit.MICROSECONDS.toNanos(200);

    /** One kind of looking; the times are {@link System#nanoTime()}. */
    public interface Look {
        void look(long now, long due);
    }

    private final NonBlockingThreads threads;
    private final Runnable beforeWatching;
    private final List<Look> looks;
    private final AgentThread thread = new AgentThread("watch", this::watch);
    private volatile boolean stopped;
    private volatile long rounds;
    private volatile boolean expected;
    private volatile boolean rehearsed;

    /** @param beforeWatching runs on the watching thread once there is a thread to watch, or one is expected */
    public Watch(NonBlockingThreads threads, Runnable beforeWatching, List<Look> looks) {
        this.threads = threads;
        this.beforeWatching = beforeWatching;
        this.looks = looks;
    }

    public void start() {
        threads.watchedBy(thread);
        thread.start();
    }

    public void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(1_000);
    }

    /** Threads to watch are about to come: gets ready now, and returns when it is, or after {@code nanos}. */
    public void expect(long nanos) {
        long end = System.nanoTime() + nanos;
        expected = true;
        while (!rehearsed && !stopped && System.nanoTime() - end < 0) {
            LockSupport.unpark(thread);
            LockSupport.parkNanos(this, ROUND_PATIENCE);
        }
    }

    /** Waits, no longer than {@code nanos}, until everything has been looked at anew and {@code settled} is so. */
    public boolean awaitRounds(BooleanSupplier settled, long nanos) {
        long end = System.nanoTime() + nanos;
        long after = rounds + 2; // the running one may have looked already
        while (!stopped && (rounds < after || !settled.getAsBoolean())) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.unpark(thread);
            LockSupport.parkNanos(this, ROUND_PATIENCE);
        }
        return true;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void watch() {
        long last = System.nanoTime();
        while (!stopped) {
            boolean idle = threads.all().isEmpty();
            if ((!idle || expected) && !rehearsed) {
                beforeWatching.run();
                rehearsed = true;
                last = System.nanoTime();
            }
            int period = idle ? IDLE_PERIOD_MILLIS : PERIOD_MILLIS;
            long due = last + TimeUnit.MILLISECONDS.toNanos(period);
            LockSupport.parkNanos(this, due - System.nanoTime());
            long now = System.nanoTime();
            last = now;
            for (Look look : looks) {
                try {
                    look.look(now, due);
                } catch (RuntimeException | Error e) {
                    StallsightErrors.suppress(e);
                }
            }
            rounds++;
            if (rounds % 200 == 0) {
                threads.prune();
            }
        }
    }
}
