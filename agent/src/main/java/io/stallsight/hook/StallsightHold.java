package io.stallsight.hook;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * A place for the permits that one thread holds. It is used again and again, so that an acquire makes no garbage. The
 * holder writes it; any thread may read it by {@link #lease}.
 *
 * <p>The clock costs more than all else here. While permits are held for a moment only, it is read for one acquire in
 * {@value #UNTIMED}. Another one that turns out to be long counts from the first look at it: when a thread begins to
 * wait, or at the next sample.
 */
final class StallsightHold {

    private static final AtomicReferenceFieldUpdater<StallsightHold, Object> OWNER =
            AtomicReferenceFieldUpdater.newUpdater(StallsightHold.class, Object.class, "owner");

    private static final AtomicLongFieldUpdater<StallsightHold> SINCE =
            AtomicLongFieldUpdater.newUpdater(StallsightHold.class, "since");

    /** See {@link #since}. */
    private static final long UNKNOWN = 1;

    /** After a hold that was not long, the clock is read for one acquire in so many. */
    static final int UNTIMED = 16;

    /** A hold of so many nanoseconds is long: two looks at the clock, of 20 to 40 ns each, are little beside it. */
    private static final long LONG = 10_000L;

    /** The owner of permits whose thread has ended: the thread itself is not kept. */
    private static final Object ENDED = new Object();

    /** The thread that holds the permits, or {@link #ENDED}; null if the place is free. */
    private volatile Object owner;

    private int permits;
    private StallsightTaskCount tasks;
    private int task;
    private StallsightRequest request;
    private int requestNumber;
    private long context;
    private StackTraceElement site;
    private String endedThread;

    /** How often the place was taken without a look at the clock. */
    private int untimed;

    /** Whether the last holds were long, so that a look at the clock costs little beside them. */
    private boolean isLong = true;

    /**
     * {@link System#nanoTime()} of the acquire, or of the first look at it if the clock was not read; {@link #UNKNOWN}
     * before that. Written last; 0 while the other fields do not count.
     */
    private volatile long since;

    /** Takes the place for {@code thread}, if it is free. */
    boolean claim(Thread thread) {
        return owner == null && OWNER.compareAndSet(this, null, thread);
    }

    boolean isOf(Thread thread) {
        return owner == thread;
    }

    /**
     * The owner, which has taken {@code ofOwner} and serves {@code served}, or works in {@code ofWork}, has acquired
     * {@code count} permits. Of a virtual thread without a state, the first two may be null.
     *
     * @return {@link System#nanoTime()}, or 0 if the clock was not read
     */
    long fill(StallsightTaskCount ofOwner, StallsightRequest served, long ofWork, int count) {
        permits = count;
        tasks = ofOwner;
        task = ofOwner == null ? 0 : ofOwner.taken();
        request = served;
        requestNumber = served == null ? 0 : served.number();
        context = ofWork;
        boolean isTimed = isLong || ++untimed >= UNTIMED;
        long now = isTimed ? time(System.nanoTime()) : UNKNOWN;
        SINCE.lazySet(this, now);
        return isTimed ? now : 0;
    }

    /** No time of the clock is one of the two that mean something else. */
    private static long time(long now) {
        return now == 0 || now == UNKNOWN ? 2 : now;
    }

    void setSite(StackTraceElement line) {
        site = line;
    }

    /** The owner releases up to {@code count} permits. Returns how many of them were held here. */
    int release(int count) {
        if (count < permits) {
            permits -= count;
            return count;
        }
        int held = permits;
        clear();
        return held;
    }

    /** The owner is about to release: counts for how long it has held the permits, if that is known. */
    void time(StallsightHistogram into) {
        long begun = since;
        if (begun != UNKNOWN) {
            long held = System.nanoTime() - begun;
            into.add(held, isLong ? 1 : UNTIMED);
            isLong = held >= LONG;
            untimed = 0;
        }
    }

    /** Frees the place. */
    void clear() {
        SINCE.lazySet(this, 0L);
        tasks = null;
        request = null;
        if (site != null) {
            site = null;
        }
        OWNER.lazySet(this, null);
    }

    /** {@link System#nanoTime()} since when the permits are held at least; 0 if the place is free. */
    long since(long now) {
        long begun = since;
        if (begun == UNKNOWN) {
            SINCE.compareAndSet(this, UNKNOWN, time(now)); // it may have been released and acquired: that is later
            begun = since;
        }
        return begun;
    }

    /** How many permits are held here. */
    int permits() {
        return since == 0 ? 0 : permits;
    }

    /** Lets go of a thread that has ended with its permits. By the engine's threads. */
    void forgetEnded() {
        Object thread = owner;
        if (since != 0 && thread instanceof Thread && !((Thread) thread).isAlive()) {
            endedThread = ((Thread) thread).getName();
            OWNER.compareAndSet(this, thread, ENDED);
        }
    }

    /** Who holds the permits; null if the place is free, or changes at this moment. */
    StallsightLease lease(long now) {
        Object thread = owner;
        long begun = since(now);
        if (thread == null || begun == 0) {
            return null;
        }
        StallsightLease lease = new StallsightLease(
                thread == ENDED ? null : (Thread) thread, endedThread, tasks, task, request, requestNumber, context);
        lease.setSite(site);
        lease.got(begun);
        return thread == owner && begun == since ? lease : null;
    }
}
