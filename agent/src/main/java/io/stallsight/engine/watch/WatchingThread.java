package io.stallsight.engine.watch;

import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.engine.thread.Doorbell;
import io.stallsight.hook.StallsightErrors;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The thread that looks at the threads which must not block.
 *
 * <p>What it looks for lasts a few milliseconds, so it wakes up every {@value Look#PERIOD_MILLIS} ms and must never
 * wait for anything else: a look that waited for a lock of the application would miss what goes on meanwhile. An idle
 * process should not pay for that: while there is no thread to watch, it wakes up ten times less often, and the first
 * one to come ends the pause ({@link NonBlockingThreads#firstOne()}). Before its first look it runs the rehearsals
 * once, which load the classes that a first report needs: 30 ms, in which the call to be reported would be over.
 *
 * <p>Threads of tests may wait until all that is over has been reported ({@link #flush}). They wait for two rounds, as
 * the one in progress may have looked already.
 */
public final class WatchingThread {

    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(Look.PERIOD_MILLIS);

    /** While there is no thread to watch. */
    private static final long IDLE_PERIOD = TimeUnit.MILLISECONDS.toNanos(50);

    /** How often a waiting thread looks whether the round is over. */
    private static final long ROUND_PERIOD = TimeUnit.MICROSECONDS.toNanos(200);

    /** Rounds between two searches for threads whose end no hook saw. */
    private static final int PRUNE_PERIOD = 200;

    private final NonBlockingThreads threads;
    private final Doorbell bell;
    private final List<Runnable> rehearsals;
    private final List<Look> looks;
    private final AgentThread thread = AgentThread.lasting("watch", this::watch);
    private volatile boolean stopped;
    private volatile long rounds;
    private volatile boolean expected;
    private volatile boolean rehearsed;

    /** @param rehearsals run once on this thread, when there is a thread to watch, or one is expected */
    public WatchingThread(NonBlockingThreads threads, List<Runnable> rehearsals, List<Look> looks) {
        this.threads = threads;
        this.bell = threads.firstOne();
        this.rehearsals = rehearsals;
        this.looks = looks;
    }

    public void start() {
        thread.start();
    }

    /** Ends the thread; waits for it no longer than a second. */
    public void stop() throws InterruptedException {
        stopped = true;
        bell.ring();
        thread.join(1_000);
    }

    /** Threads to watch are about to come: gets ready, and returns when that is done, or after {@code nanos}. */
    public void expect(long nanos) {
        expected = true;
        await(() -> rehearsed, nanos);
    }

    /**
     * Waits, no longer than {@code nanos}, until everything has been looked at again and all that is over has been
     * reported. Returns whether it has.
     */
    public boolean flush(long nanos) {
        looks.forEach(Look::hurry);
        try {
            long after = rounds + 2; // the one in progress may have looked already
            return await(() -> rounds >= after && (threads.all().isEmpty() || allSettled()), nanos);
        } finally {
            looks.forEach(Look::calmDown);
        }
    }

    private boolean allSettled() {
        for (Look look : looks) {
            if (!look.isSettled()) {
                return false;
            }
        }
        return true;
    }

    /** Keeps the thread awake until the condition holds; false after {@code nanos}. Nothing holds after the stop. */
    private boolean await(BooleanSupplier condition, long nanos) {
        long end = System.nanoTime() + nanos;
        while (!stopped && !condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            bell.ring();
            LockSupport.parkNanos(this, ROUND_PERIOD);
        }
        return true;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void watch() {
        long last = System.nanoTime();
        while (!stopped) {
            boolean idle = threads.all().isEmpty() && !isNeeded();
            if ((!idle || expected) && !rehearsed) {
                rehearsals.forEach(WatchingThread::guarded);
                rehearsed = true;
                last = System.nanoTime();
            }
            long due = last + (idle ? IDLE_PERIOD : PERIOD);
            bell.await(due - System.nanoTime());
            long now = System.nanoTime();
            last = now;
            for (Look look : looks) {
                guarded(() -> look.look(now, due));
            }
            rounds++;
            if (rounds % PRUNE_PERIOD == 0) {
                guarded(threads::prune);
            }
        }
    }

    private boolean isNeeded() {
        for (Look look : looks) {
            if (look.isNeeded()) {
                return true;
            }
        }
        return false;
    }

    /** An error of one room is counted and does not end the others. */
    private static void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            StallsightErrors.suppress(e);
        }
    }
}
