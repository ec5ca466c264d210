package io.stallsight.hook;

import java.lang.ref.WeakReference;

/**
 * One borrowing of a pooled connection: a thread waits for it, then has it until it comes back. It refers to the
 * borrowing thread, weakly, since a connection that never comes back must not keep a virtual thread. Any thread reads
 * it.
 */
public final class StallsightLease extends WeakReference<Thread> {

    private final String threadName;
    private final long called;

    /** {@link System#nanoTime()} at which the borrower got the connection; 0 while it waits. */
    private volatile long since;

    StallsightLease(Thread borrower, long called) {
        super(borrower);
        this.threadName = borrower.getName();
        this.called = called;
    }

    /** The thread that borrows; null if it has ended and is collected. */
    public Thread thread() {
        return get();
    }

    /** The name that the thread had when it called the pool. */
    public String threadName() {
        return threadName;
    }

    /** {@link System#nanoTime()} at which the borrower called the pool. */
    public long called() {
        return called;
    }

    /** {@link System#nanoTime()} at which the borrower got the connection; 0 while it waits. */
    public long since() {
        return since;
    }

    public boolean isWaiting() {
        return since == 0;
    }

    void got(long now) {
        since = now == 0 ? 1 : now;
    }
}
