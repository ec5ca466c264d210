package io.stallsight.engine.thread;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where one thread of the agent sleeps until it is time or somebody rings. Whoever rings neither waits nor takes a
 * lock, so hooks may. A ring while nobody sleeps ends the next sleep at once.
 */
public final class Doorbell {

    private volatile @Nullable Thread sleeper;
    private volatile boolean rung;

    /** Sleeps on the current thread, for no longer than {@code nanos}; it may end early for no reason. */
    public void await(long nanos) {
        sleeper = Thread.currentThread();
        if (!rung) {
            LockSupport.parkNanos(this, nanos);
        }
        rung = false;
    }

    /** Sleeps on the current thread until somebody rings; it may end early for no reason. */
    public void await() {
        sleeper = Thread.currentThread();
        if (!rung) {
            LockSupport.park(this);
        }
        rung = false;
    }

    /** Wakes the thread that sleeps here. */
    public void ring() {
        rung = true;
        LockSupport.unpark(sleeper);
    }
}
