package io.stallsight.hook;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The leases of one pool of connections: of those who wait and of those who have one. Connections that were out before
 * the agent came have no lease. It does not refer to the pool. Thread-safe.
 */
public final class StallsightConnectionPool {

    /** Leases beyond this many are not remembered: their holders are unknown. */
    private static final int MAX_LEASES = 10_000;

    /**
     * Between two borrows whose line is taken, nanoseconds: that takes some microseconds, so it costs a busy pool a
     * thousandth of one CPU. A line that forgets connections does so again and again.
     */
    private static final long LINE_PERIOD = 5_000_000L;

    private final ConcurrentHashMap<StallsightLease, Boolean> leases = new ConcurrentHashMap<>();
    private final AtomicInteger lent = new AtomicInteger();

    /** How many connections there may be; the engine knows it from the pool. */
    private volatile long max = Long.MAX_VALUE;

    /** As people know the pool; null until the engine has read it. */
    private volatile String name;

    /** When the line of a borrow was last taken, {@link System#nanoTime()}; threads may overtake each other here. */
    private long lineTaken = System.nanoTime() - LINE_PERIOD;

    /** Whether it lends permits of a semaphore, which are not counted here. */
    private volatile boolean ofPermits;

    StallsightConnectionPool() {}

    /** It lends {@code permits}, all of which are out when a thread waits for one. */
    void setPermits(int permits) {
        max = permits;
        ofPermits = true;
    }

    /** Whether it lends permits of a semaphore. */
    public boolean isOfPermits() {
        return ofPermits;
    }

    /**
     * {@code borrower}, which has taken {@code tasks} and serves {@code request}, or works in {@code context}, calls
     * the pool.
     */
    StallsightLease call(Thread borrower, StallsightTaskCount tasks, StallsightRequest request, long context) {
        StallsightLease lease = new StallsightLease(borrower, tasks, request, context, System.nanoTime());
        if (leases.size() < MAX_LEASES) {
            leases.put(lease, Boolean.TRUE);
        }
        return lease;
    }

    /** The borrower has a connection. Returns for how long it has waited, nanoseconds. */
    long lend(StallsightLease lease) {
        long now = System.nanoTime();
        lease.got(now);
        lent.incrementAndGet();
        return now - lease.called();
    }

    /** Whether the line of the borrow that ends at this moment is to be taken. */
    boolean takesLine(long now) {
        boolean isDue = now - lineTaken >= LINE_PERIOD;
        if (isDue) {
            lineTaken = now;
        }
        return isDue;
    }

    /** The borrower leaves without a connection. Returns for how long it has waited, nanoseconds. */
    long refuse(StallsightLease lease) {
        leases.remove(lease);
        return System.nanoTime() - lease.called();
    }

    /** The borrower does not wait any more. Returns for how long it has waited, nanoseconds. */
    long leave(StallsightLease lease) {
        return refuse(lease);
    }

    /** The connection is back. Returns for how long it was out, nanoseconds. */
    long end(StallsightLease lease) {
        leases.remove(lease);
        lent.decrementAndGet();
        return System.nanoTime() - lease.since();
    }

    /** Whether all connections are out, as far as the hooks have seen. */
    boolean isDry() {
        return lent.get() >= max;
    }

    /** How many connections are out, as far as the hooks have seen. Of permits, all, if a thread waits for one. */
    int lent() {
        return ofPermits ? (int) max : lent.get();
    }

    /** The engine has read from the pool how many connections there may be. */
    public void setMax(long connections) {
        max = connections > 0 ? connections : Long.MAX_VALUE;
    }

    /** How many connections there may be; {@link Long#MAX_VALUE} if it is not known. */
    public long max() {
        return max;
    }

    public void setName(String known) {
        name = known;
    }

    /** The name of the pool as people know it; null if it is not known yet. */
    public String name() {
        return name;
    }

    /** The leases at the moment, in no order. */
    public List<StallsightLease> leases() {
        return new ArrayList<>(leases.keySet());
    }

    /** Whether a thread waits for a connection, or borrows one right now. */
    public boolean hasBorrower() {
        for (StallsightLease lease : leases.keySet()) {
            if (lease.isWaiting()) {
                return true;
            }
        }
        return false;
    }

    /** How many threads wait for a connection, or borrow one right now. */
    public int waiting() {
        int waiting = 0;
        for (StallsightLease lease : leases.keySet()) {
            if (lease.isWaiting()) {
                waiting++;
            }
        }
        return waiting;
    }

    /** For how long the thread has waited that has waited longest, nanoseconds; 0 if none waits. */
    public long oldestWait(long now) {
        long oldest = 0;
        for (StallsightLease lease : leases.keySet()) {
            if (lease.isWaiting()) {
                oldest = Math.max(oldest, now - lease.called());
            }
        }
        return oldest;
    }

    /**
     * For how long a borrower waits whose turn comes in order: as long as the slowest holder has its connection, for
     * each round of borrowers before it; nanoseconds. No more than one has waited so far. A pool may be unfair: with
     * holders that are quick, one borrower that is passed over again and again does not make it dry.
     */
    public long waitInOrder(long now) {
        long oldest = 0;
        long longest = 0;
        int waiting = 0;
        int out = 0;
        for (StallsightLease lease : leases.keySet()) {
            if (lease.isWaiting()) {
                waiting++;
                oldest = Math.max(oldest, now - lease.called());
            } else {
                out++;
                longest = Math.max(longest, now - lease.since());
            }
        }
        return out == 0 ? oldest : Math.min(oldest, longest * (waiting + out) / out);
    }
}
