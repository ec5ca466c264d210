package io.stallsight.hook;

import java.util.ArrayList;
import java.util.List;

/**
 * What the running tick of a loop did: blocking calls, waits for locks, and what it started on executors. The loop's
 * thread writes it, the agent's threads read it a little late.
 */
public final class StallsightTick {

    /** The tick remembers its last so many starts; a power of two. */
    private static final int MAX_STARTED = 16;

    /** What waited for shorter calls is not counted: that takes two readings of a file, 10 us each. */
    private static final long MIN_COUNTED_NANOS = 5_000_000L;

    /** Nanoseconds in blocking calls and in waits for locks: of the running tick, and of all before. */
    private long blocked;

    private long locked;
    private long blockedBefore;
    private long lockedBefore;

    private Object longestCall;
    private long longestCallNanos;

    private Object longestRequest;
    private long longestRequestNanos;

    /** The engine's record of the trace that was current for longest. */
    private Object traced;

    private final StallsightWaiters waiters = new StallsightWaiters();
    private final StallsightVictims victims = new StallsightVictims();

    /** Tasks and channels, and the executors on which the tick started them. */
    private final Object[] started = new Object[MAX_STARTED];

    private final Object[] startedOn = new Object[MAX_STARTED];
    private int startedCount;

    StallsightTick() {}

    /** Whether nothing of what the running tick may do was seen. By the loop's thread. */
    boolean isEmpty() {
        return blocked == 0
                && locked == 0
                && startedCount == 0
                && traced == null
                && longestRequestNanos == 0
                && !waiters.awaitsPoll();
    }

    /** The requests that waited for the loop. */
    public StallsightVictims victims() {
        return victims;
    }

    /** The I/O events that wait for the loop. */
    public StallsightWaiters waiters() {
        return waiters;
    }

    /** Nanoseconds of the running tick in blocking calls other than waits for locks. */
    public long blocked() {
        return blocked;
    }

    /** Nanoseconds of the running tick in waits for locks. */
    public long locked() {
        return locked;
    }

    /** {@link #blocked} of all ticks so far. */
    public long blockedInAll() {
        return blockedBefore + blocked;
    }

    /** {@link #locked} of all ticks so far. */
    public long lockedInAll() {
        return lockedBefore + locked;
    }

    /** A blocking call in the running tick took {@code nanos}. By the loop's thread. */
    public void addBlocked(long nanos) {
        blocked += nanos;
    }

    /** A wait for a lock in the running tick took {@code nanos}. By the loop's thread. */
    public void addLocked(long nanos) {
        locked += nanos;
    }

    /** Remembers {@code call} if none in the running tick was longer. By the loop's thread. */
    public void keepIfLongest(Object call, long nanos) {
        if (nanos > longestCallNanos) {
            longestCall = call;
            longestCallNanos = nanos;
        }
    }

    /** The longest call in the running tick, as {@link #keepIfLongest} got it, or null. */
    public Object longestCall() {
        return longestCall;
    }

    /**
     * Remembers the name of a request if the running tick served none for longer. By the loop's thread.
     *
     * @return whether it did
     */
    public boolean keepIfLongestRequest(Object name, long nanos) {
        boolean isLongest = nanos > longestRequestNanos;
        if (isLongest) {
            longestRequest = name;
            longestRequestNanos = nanos;
        }
        return isLongest;
    }

    /** The name of the request that the running tick served for longest, if that was for {@code nanos}; or null. */
    public Object requestOf(long nanos) {
        return longestRequestNanos >= nanos ? longestRequest : null;
    }

    /** What the running tick has {@linkplain #setTraced kept} of its traces, or null. */
    public Object traced() {
        return traced;
    }

    /** The engine's record of the trace that was current for longest in the running tick. By the loop's thread. */
    public void setTraced(Object record) {
        traced = record;
    }

    /** Lets go of what the engine left here. */
    public void forgetLongestCall() {
        longestCall = null;
        longestRequest = null;
        traced = null;
    }

    /** The running tick hands a task to an executor, or registers a channel with it. */
    void start(Object what, Object executor) {
        int i = startedCount++ & MAX_STARTED - 1;
        started[i] = what;
        startedOn[i] = executor;
    }

    /** Whether {@link #startedOn} is not empty. */
    public boolean hasStartedOn(Object executor) {
        for (int i = Math.min(startedCount, MAX_STARTED) - 1; i >= 0; i--) {
            if (started[i] != null && startedOn[i] == executor) {
                return true;
            }
        }
        return false;
    }

    /** What the running tick has started on {@code executor}, the last {@value #MAX_STARTED} starts at the most. */
    public List<Object> startedOn(Object executor) {
        List<Object> found = new ArrayList<>();
        for (int i = 0; i < MAX_STARTED; i++) {
            Object what = started[i];
            if (what != null && startedOn[i] == executor) {
                found.add(what);
            }
        }
        return found;
    }

    private void forgetStarted() {
        for (int i = Math.min(startedCount, MAX_STARTED) - 1; i >= 0; i--) {
            started[i] = null;
            startedOn[i] = null;
        }
        startedCount = 0;
    }

    /**
     * The tick is over; the next one has done nothing yet.
     *
     * @param start {@link System#nanoTime()}, of a tick that was reported as a long one
     * @param slowEnd {@link System#nanoTime()} if it was reported as a long one, else 0
     */
    void end(long start, long slowEnd) {
        boolean slow = slowEnd != 0;
        victims.tickEnds(start, slowEnd);
        if (slow || blocked + locked >= MIN_COUNTED_NANOS) {
            waiters.countTick(slow);
        }
        waiters.tickEnds();
        if (startedCount != 0) {
            forgetStarted();
        }
        if (blocked != 0 || locked != 0) {
            blockedBefore += blocked;
            lockedBefore += locked;
            blocked = 0;
            locked = 0;
            longestCall = null;
            longestCallNanos = 0;
        }
        if (longestRequestNanos != 0) {
            longestRequest = null;
            longestRequestNanos = 0;
        }
        if (traced != null) {
            traced = null;
        }
    }
}
