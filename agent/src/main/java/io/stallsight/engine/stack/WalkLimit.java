package io.stallsight.engine.stack;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Limits the walks of the stack in a second. Used by any thread. */
public final class WalkLimit {

    private final int most;
    private final AtomicLong second = new AtomicLong();
    private final AtomicInteger walks = new AtomicInteger();

    public WalkLimit(int most) {
        this.most = most;
    }

    /** Whether the current thread may walk its stack. */
    public boolean mayWalk() {
        long now = System.nanoTime() / TimeUnit.SECONDS.toNanos(1);
        long seen = second.get();
        if (seen != now && second.compareAndSet(seen, now)) {
            walks.set(0);
        }
        return walks.get() < most && walks.getAndIncrement() < most;
    }
}
