package io.stallsight.hook;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Who holds the permits of one semaphore.
 *
 * <p><b>Problem.</b> A semaphore does not know who has its permits, and an acquire takes 20 ns: it leaves no time to
 * make objects, or for a map.
 *
 * <p><b>Algorithm.</b> Each acquire takes a free place in an open hash table of {@link StallsightHold}s, by the
 * identity of its thread; a release by the same thread finds it there. A thread that acquires twice has two places.
 *
 * <p>A semaphore may be no limit of work at all: a signal, or a meter whose permits a timer gives out. There, and where
 * work is handed on with its permit, one thread acquires and another one releases. A thread that releases what it does
 * not hold shows that: from then on the holders are unknown for good.
 *
 * <p><b>Invariants.</b> No lock, and no allocation but for the first use of a place. The hook of an acquire runs after
 * it, and that of a release before it, so the table never has more than is held. It does not refer to the semaphore,
 * and not for long to a thread that has ended.
 *
 * <p><b>Given up.</b> {@link #returned} may miss some. A thread that drains the permits is an unknown holder.
 */
public final class StallsightLimit {

    /** A semaphore of more permits is not followed. */
    static final int MAX_PERMITS = 1_000;

    /**
     * Rounds of holders that count for those who wait. A longer line of those who hold their permits for a moment only
     * is how a throttle works.
     */
    private static final int MAX_ROUNDS = 2;

    private final AtomicReferenceArray<StallsightHold> holds;
    private final int mask;

    /** As people know the semaphore; null if an object of a library has it. */
    private final String name;

    /** The object that has the semaphore and is known to people instead of it; null if there is none. */
    private final WeakReference<Object> owner;

    private final int permits;

    /** Permits that were out when the hooks met the semaphore; their holders are unknown. */
    private int unseen;

    private int returned;
    private volatile boolean foreign;

    StallsightLimit(int permits, int out, String name, Object owner) {
        this.permits = permits;
        this.unseen = out;
        this.name = name;
        this.owner = owner == null ? null : new WeakReference<>(owner);
        int length = Integer.highestOneBit(Math.max(1, permits)) * 4; // at least twice as many as permits
        this.holds = new AtomicReferenceArray<>(length);
        this.mask = length - 1;
    }

    /** The permits that there were at first. */
    public int permits() {
        return permits;
    }

    /** As people know the semaphore; null if an object of a library has it. */
    public String name() {
        return name;
    }

    /** Whether the catalog names the class of the object that has the semaphore: it is a limit for sure. */
    public boolean isCatalogued() {
        return owner != null;
    }

    /** The object that has the semaphore; null if there is none, or it is gone. */
    public Object owner() {
        return owner == null ? null : owner.get();
    }

    /** How many releases came from the thread that had acquired. */
    public int returned() {
        return returned;
    }

    /** Whether a thread has released what it did not hold: the holders are unknown. */
    public boolean isForeign() {
        return foreign;
    }

    /** The current thread has acquired permits. Returns a place for them; null if the holders are unknown. */
    StallsightHold claim() {
        if (foreign) {
            return null;
        }
        Thread thread = Thread.currentThread();
        int start = System.identityHashCode(thread);
        for (int i = 0; i <= mask; i++) {
            StallsightHold hold = place(start + i & mask);
            if (hold.claim(thread)) {
                return hold;
            }
        }
        beForeign(); // there are more permits than there were
        return null;
    }

    private StallsightHold place(int index) {
        StallsightHold hold = holds.get(index);
        if (hold == null) {
            StallsightHold fresh = new StallsightHold();
            hold = holds.compareAndSet(index, null, fresh) ? fresh : holds.get(index);
        }
        return hold;
    }

    /**
     * The current thread is about to release {@code count} permits. Counts for how long it has held them, if that is
     * measured.
     */
    void released(int count, StallsightHistogram runs) {
        if (foreign) {
            return;
        }
        Thread thread = Thread.currentThread();
        int start = System.identityHashCode(thread);
        int left = count;
        for (int i = 0; i <= mask && left > 0; i++) {
            StallsightHold hold = holds.get(start + i & mask);
            if (hold != null && hold.isOf(thread)) {
                hold.time(runs);
                left -= hold.release(left);
            }
        }
        if (left == 0) {
            returned++;
        } else if (!wasUnseen(left)) {
            beForeign();
        }
    }

    private boolean wasUnseen(int count) {
        unseen -= count;
        return unseen >= 0;
    }

    private void beForeign() {
        foreign = true;
        for (int i = 0; i <= mask; i++) {
            StallsightHold hold = holds.get(i);
            if (hold != null) {
                hold.clear();
            }
        }
    }

    /** A thread begins to wait: what is held at this moment is held at least from now on. */
    void look(long now) {
        for (int i = 0; i <= mask; i++) {
            StallsightHold hold = holds.get(i);
            if (hold != null) {
                hold.since(now);
            }
        }
    }

    /** Lets go of threads that have ended. By the engine's threads. */
    void forgetEnded(long now) {
        look(now);
        for (int i = 0; i <= mask; i++) {
            StallsightHold hold = holds.get(i);
            if (hold != null) {
                hold.forgetEnded();
            }
        }
    }

    /** Who holds permits at the moment, one for each permit; none if the holders are unknown. */
    public List<StallsightLease> leases() {
        long now = System.nanoTime();
        List<StallsightLease> leases = new ArrayList<>();
        for (int i = 0; i <= mask && !foreign; i++) {
            StallsightHold hold = holds.get(i);
            StallsightLease lease = hold == null ? null : hold.lease(now);
            for (int count = lease == null ? 0 : hold.permits(); count > 0; count--) {
                leases.add(lease);
            }
        }
        return leases;
    }

    /**
     * For how long a thread waits whose turn comes in order, as {@link StallsightConnectionPool#waitInOrder}, with
     * {@value #MAX_ROUNDS} rounds of holders at the most.
     *
     * @param oldest how long a thread has waited, nanoseconds
     */
    long waitInOrder(int waiting, long oldest, long now) {
        long longest = 0;
        int out = 0;
        for (int i = 0; i <= mask; i++) {
            StallsightHold hold = holds.get(i);
            long since = hold == null ? 0 : hold.since(now);
            if (since != 0) {
                out++;
                longest = Math.max(longest, now - since);
            }
        }
        if (out == 0) {
            return oldest;
        }
        return Math.min(oldest, Math.min(MAX_ROUNDS * longest, longest * (waiting + out) / out));
    }
}
