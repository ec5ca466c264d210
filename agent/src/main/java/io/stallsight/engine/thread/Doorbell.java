package io.stallsight.engine.thread;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread of the agent sleeps here until a time or a ring. The ringing thread neither waits nor takes a lock, so
 * hooks may ring. A ring while no thread sleeps ends the next sleep at once.
 */
public final class Doorbell {

    private volatile @Nullable Thread sleeper;
    private volatile boolean rung;
    private volatile long rungAt;

    /**
     * The current thread sleeps until a ring, for at most {@code nanos}; the sleep may end early for no reason. Returns
     * whether a ring has come.
     */
    public boolean await(long nanos) {
        sleeper = Thread.currentThread();
        if (!rung) {
            LockSupport.parkNanos(this, nanos);
        }
        boolean ring = rung;
        rung = false;
        return ring;
    }

    /** The current thread sleeps until a ring; the sleep may end early for no reason. */
    public void await() {
        sleeper = Thread.currentThread();
        if (!rung) {
            LockSupport.park(this);
        }
        rung = false;
    }

    /**
     * When the ring came that ended the last sleep, by {@link System#nanoTime()}. The sleeper may wake up much later:
     * it got no CPU, or the whole process stood still.
     */
    public long lastRing() {
        return rungAt;
    }

    /** Wakes the thread that sleeps here. */
    public void ring() {
        if (!rung) {
            rungAt = System.nanoTime();
        }
        rung = true;
        LockSupport.unpark(sleeper);
    }
}
