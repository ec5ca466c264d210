package io.stallsight.engine.watch;

import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.engine.thread.Doorbell;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightWatch;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The thread that looks at the threads which must not block.
 *
 * <p><b>Problem.</b> What it looks for lasts a few milliseconds, so it has to look every {@value Look#PERIOD_MILLIS}
 * ms, and that alone costs 3 % of a core: a wake-up is what an idle process pays for. While all loops wait for work
 * there is nothing to look at.
 *
 * <p><b>Algorithm.</b> After each look the rooms say how long they need none ({@link Look#rest}). While one of them has
 * something to follow, a look comes every {@value Look#PERIOD_MILLIS} ms. Otherwise the thread sleeps, no longer than
 * {@value #MAX_SLEEP_SECONDS} s. The first tick of a loop ends the sleep ({@link StallsightWatch}); so does the first
 * thread to watch ({@link NonBlockingThreads#watchBell()}). The look comes {@value Look#PERIOD_MILLIS} ms later. From
 * its third look in a row on, it has the sampling thread beat ({@link Heartbeats}), to know whether the process stands
 * still meanwhile.
 *
 * <p><b>Invariants.</b> It never waits for anything else: a look that waited for a lock of the application would miss
 * what goes on meanwhile. Before its first look it runs the rehearsals once, which load the classes that a first report
 * needs: 30 ms, in which the call to be reported would be over.
 *
 * <p>Threads of tests may wait until all that is over has been reported ({@link #flush}). They wait for two rounds, as
 * the one in progress may have looked already.
 */
public final class WatchingThread {

    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(Look.PERIOD_MILLIS);

    private static final int MAX_SLEEP_SECONDS = 1;
    private static final long MAX_SLEEP = TimeUnit.SECONDS.toNanos(MAX_SLEEP_SECONDS);

    /** How often a waiting thread looks whether the round is over. */
    private static final long ROUND_PERIOD = TimeUnit.MICROSECONDS.toNanos(200);

    /** Between two searches for threads whose end no hook saw. */
    private static final long PRUNE_PERIOD = TimeUnit.SECONDS.toNanos(1);

    /** A tick that is over at once keeps the thread awake for two looks. */
    private static final int MANY_LOOKS = 3;

    private final NonBlockingThreads threads;
    private final Doorbell bell;
    private final Heartbeats beats;
    private final Doorbell beatingThread;
    private final List<Runnable> rehearsals;
    private final List<Look> looks;
    private final AgentThread thread = AgentThread.lasting("watch", this::watch);
    private volatile boolean stopped;
    private volatile long rounds;
    private volatile boolean expected;
    private volatile boolean rehearsed;

    /** Looks since the last long sleep. */
    private int awake;

    /**
     * @param beats of another thread, which sleeps at {@code beatingThread}
     * @param rehearsals run once on this thread, when there is a thread to watch, or one is expected
     */
    public WatchingThread(
            NonBlockingThreads threads,
            Heartbeats beats,
            Doorbell beatingThread,
            List<Runnable> rehearsals,
            List<Look> looks) {
        this.threads = threads;
        this.beats = beats;
        this.beatingThread = beatingThread;
        this.bell = threads.watchBell();
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
        long lastPrune = last;
        while (!stopped) {
            if (!rehearsed && (expected || !threads.all().isEmpty() || rest() <= PERIOD)) {
                rehearsals.forEach(WatchingThread::guarded);
                rehearsed = true;
                last = System.nanoTime();
            }
            long due = sleep(last);
            long now = System.nanoTime();
            long planned = now - due < 0 ? now : due; // a ring ended the sleep
            last = now;
            lookAtAll(now, planned);
            rounds++;
            if (now - lastPrune >= PRUNE_PERIOD) {
                lastPrune = now;
                guarded(threads::prune);
            }
        }
        lookOnceMore();
    }

    /** What ended just before the JVM does is known a moment later, and would be lost. */
    private void lookOnceMore() {
        if (!allSettled()) {
            LockSupport.parkNanos(this, 2 * PERIOD);
            long now = System.nanoTime();
            lookAtAll(now, now);
        }
    }

    /** An error of one room is counted and does not end the others. No lambda: one for each look is garbage. */
    private void lookAtAll(long now, long due) {
        for (int i = 0; i < looks.size(); i++) {
            try {
                looks.get(i).look(now, due);
            } catch (RuntimeException | Error e) {
                StallsightErrors.suppress(e);
            }
        }
    }

    /** Sleeps until the next look is due, which it returns, or until a ring. */
    private long sleep(long last) {
        long rest = rest();
        if (rest > PERIOD && !StallsightWatch.isAsleep()) {
            for (Look look : looks) {
                guarded(look::beforeSleep);
            }
            StallsightWatch.fallAsleep();
            rest = rest(); // a tick that began before the flag was set is seen here
        }
        awake = rest > PERIOD ? 0 : Math.min(MANY_LOOKS, awake + 1);
        if (beats.want(awake == MANY_LOOKS)) {
            beatingThread.ring();
        }
        long due = last + Math.max(PERIOD, Math.min(MAX_SLEEP, rest));
        boolean rung = bell.await(due - System.nanoTime());
        if (rung || rest <= PERIOD) {
            StallsightWatch.awake();
        } // else the flag stays: what begins during a look that found nothing still rings
        if (!rung || rest <= PERIOD) {
            return due;
        }
        long planned = bell.lastRing() + PERIOD; // what has just begun is not late yet, and most ticks are over by then
        bell.await(planned - System.nanoTime());
        return planned;
    }

    private long rest() {
        long least = Look.UNTIL_A_TICK;
        for (int i = 0; i < looks.size(); i++) {
            least = Math.min(least, rest(looks.get(i)));
        }
        return least;
    }

    private static long rest(Look look) {
        try {
            return look.rest();
        } catch (RuntimeException | Error e) {
            StallsightErrors.suppress(e);
            return 0;
        }
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
