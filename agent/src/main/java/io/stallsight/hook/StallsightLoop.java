package io.stallsight.hook;

import java.lang.ref.WeakReference;

/**
 * The ticks of one loop: its busy periods between two waits for work.
 *
 * <p><b>Problem.</b> A loop may tick a hundred thousand times a second, and two clock reads for each tick would cost it
 * a percent of a core. A long tick must be seen all the same.
 *
 * <p><b>Algorithm.</b> A tick is normally timed from its beginning to its end. While the loop is {@link #fast}, about
 * one tick in eight is timed, and counts for the untimed ones before it. An untimed tick notes only the number of the
 * watch's last look, {@link #look}. The watch looks every few milliseconds; if it finds an untimed tick that began
 * before its look, it notes the time ({@link #seen}). When such a tick ends after at least {@value #MIN_SEEN_NANOS} ns,
 * it is measured from that time, otherwise it counts with the timed ones.
 *
 * <p>A loop that spins looks for work again and again. Each look is a round, and a round that did nothing is part of
 * the wait: it is no tick ({@link #endEmptyRound}). It counts for the pace of the loop only, so that few of those
 * rounds are timed. An empty round that took long is a tick all the same.
 *
 * <p><b>Invariants.</b> One writer, the loop's thread: no lock, no allocation. A tick is in the sums before its start
 * is cleared, so that no reader sees it neither running nor finished. The sums only grow, and a reader subtracts two
 * copies of them.
 *
 * <p><b>Given up.</b> Readers see a value a little late. In a fast loop, a single tick shorter than
 * {@value #MIN_SEEN_NANOS} ns is seen with a chance of one in eight, and counts eight times then.
 */
public final class StallsightLoop {

    /** An untimed tick that goes on for this long after the watch saw it is measured; the limit in nanoseconds. */
    private static final long MIN_SEEN_NANOS = 5_000_000L;

    /** From this many ticks a second on, two clock reads for each would cost a quarter of a percent of a core. */
    private static final long MIN_FAST_TICKS = 50_000L;

    /** A round that took longer did something, whatever it says. */
    private static final long MAX_EMPTY_NANOS = 1_000_000L;

    /** So much rarer are empty rounds timed than ticks: a loop spins much faster than it works. */
    private static final int EMPTY_PER_TICK = 16;

    private static final WeakReference<Object> NONE = new WeakReference<>(null);

    /** The number of the watch's last look; not 0. */
    private static volatile int look = 1;

    /** The kernel's number of the loop's thread, 0 if it is not known. */
    private final long nativeId;

    private final StallsightHistogram durations = new StallsightHistogram();
    private final StallsightTick tick = new StallsightTick();

    /** {@link System#nanoTime()} at the beginning of a timed tick; 0 while none runs. */
    private long start;

    /** {@link #look} at the beginning of an untimed tick; 0 while none runs. */
    private int untimed;

    /** {@link #untimed} of the tick that the watch saw last, and when it saw it. */
    private volatile int seenFrom;

    private long seenAt;

    private boolean fast;

    /** {@link #ticks} and {@link #emptyRounds} when the watch looked last how fast the loop is. */
    private long pacedTicks;

    /** The number of ticks that follow untimed, and of those that did since the last timed one. */
    private int skip;

    private int skipped;

    private long ticks;
    private long emptyRounds;
    private long busy;
    private long tasks;
    private long ownTasks;

    private long slowNanos;
    private long slowEnd;
    private boolean exempt;
    private WeakReference<Object> selector = NONE;
    private StallsightQueue queue;

    /** The task that the running tick took last, null once it runs. */
    private Object taken;

    /** Whether the point at which a round of work begins has run in the running tick. */
    private boolean inRound;

    private boolean runs;
    private boolean hasWaited;
    private boolean seesTasks;

    /**
     * @param nativeId the kernel's number of the thread, 0 if it is not known
     * @param slowNanos a tick of this length is reported to the engine when it ends
     */
    public StallsightLoop(long nativeId, long slowNanos) {
        this.nativeId = nativeId;
        this.slowNanos = slowNanos;
    }

    public long nativeId() {
        return nativeId;
    }

    /** Finished ticks. */
    public long ticks() {
        return ticks;
    }

    /** Nanoseconds in finished ticks. */
    public long busy() {
        return busy;
    }

    /** Tasks and I/O events that the loop has begun, as far as hooks see them. */
    public long tasks() {
        return tasks;
    }

    /** Those of {@link #tasks} that the loop took by itself, without a framework; its I/O events are not counted. */
    public long ownTasks() {
        return ownTasks;
    }

    /** Durations of finished ticks. */
    public StallsightHistogram durations() {
        return durations;
    }

    /** What the running tick did. */
    public StallsightTick tick() {
        return tick;
    }

    /** A tick of {@code nanos} or more is reported to the engine when it ends. */
    public void setSlowNanos(long nanos) {
        slowNanos = nanos;
    }

    /** {@link System#nanoTime()} at which the last slow tick ended, 0 if there was none. */
    public long slowEnd() {
        return slowEnd;
    }

    /** The running tick is no loop's: its thread was lent to work that may block. By the watch. */
    public void exempt() {
        exempt = true;
    }

    public boolean isExempt() {
        return exempt;
    }

    /** The selector of the JDK in which the loop waits; cleared if it has none. */
    public WeakReference<Object> selector() {
        return selector;
    }

    public void setSelector(WeakReference<Object> ofLoop) {
        selector = ofLoop;
    }

    /** The queue from which the loop takes its tasks, null until it has taken one. */
    public StallsightQueue queue() {
        return queue;
    }

    /** The thread is in its loop by now: the tasks that it takes from here on are those of the loop. */
    void runs() {
        runs = true;
    }

    /** The loop begins to wait for work; returns whether it does so for the first time. */
    boolean waitsFirst() {
        boolean isFirst = !hasWaited;
        hasWaited = true;
        return isFirst;
    }

    /** Whether the loop takes its tasks where a hook sees them. */
    boolean seesTasks() {
        return seesTasks;
    }

    /** The loop begins an I/O event. */
    void beginEvent() {
        tasks++;
    }

    /** The loop begins a task that no queue of a framework had. */
    void beginOwnTask() {
        tasks++;
        ownTasks++;
    }

    /**
     * The loop takes {@code task}, which it is about to run.
     *
     * @param from null if the queue is of no interest
     */
    void beginTask(Object task, StallsightQueue from) {
        tasks++;
        taken = task;
        seesTasks |= runs;
        if (from != null) {
            queue = from;
        }
    }

    /** The loop begins to run {@code piece}; returns whether it has not just taken it, which counted it. */
    boolean beginPiece(Object piece) {
        boolean isNew = piece == null || piece != taken;
        if (isNew) {
            tasks++;
        }
        taken = null;
        return isNew;
    }

    /** The watch begins another look at all loops. */
    public static void nextLook() {
        int next = look + 1;
        look = next == 0 ? 1 : next;
    }

    /**
     * The watch looks at this loop, after {@link #nextLook}.
     *
     * @param now {@link System#nanoTime()}
     */
    public void seen(long now) {
        int from = untimed;
        if (from != 0 && from != look && from != seenFrom) {
            seenAt = now;
            seenFrom = from;
        }
    }

    /**
     * The watch decides, now and then, whether the loop is fast.
     *
     * @param nanos since the last time
     */
    public void pace(long nanos) {
        long now = ticks + emptyRounds;
        fast = (now - pacedTicks) * 1_000_000_000L >= MIN_FAST_TICKS * nanos;
        pacedTicks = now;
    }

    /** Whether the loop works at the moment, timed or not. */
    public boolean inTick() {
        return start != 0 || untimed != 0;
    }

    /**
     * {@link System#nanoTime()} at the beginning of the running tick, or when the watch saw it first if it is untimed;
     * 0 while the loop waits for work, or if that is not known.
     */
    public long start() {
        long timed = start;
        if (timed != 0) {
            return timed;
        }
        int from = untimed;
        return from != 0 && from == seenFrom ? seenAt : 0L;
    }

    boolean isTimed() {
        return start != 0;
    }

    /**
     * A tick begins.
     *
     * @param now {@link System#nanoTime()}, 0 if the caller has not read it
     */
    void begin(long now) {
        inRound = false;
        if (fast && skip > 0) {
            skip--;
            untimed = look;
        } else {
            start = now != 0 ? now : System.nanoTime();
        }
    }

    /**
     * A round of work begins, which may turn out to be empty, right after one that was. Only while the loop goes round
     * fast: returns false otherwise.
     */
    boolean beginFastTick() {
        if (!fast || inTick()) {
            return false;
        }
        begin(0L);
        return true;
    }

    /** A round begins; returns whether it is the first in the running tick, which has begun for it then. */
    boolean beginsRound() {
        boolean first = !inRound;
        inRound = true;
        return first;
    }

    /**
     * Ends the running tick as a round that did nothing, which is not counted.
     *
     * @return false if it may have done something: it is a tick then, and goes on
     */
    boolean endEmptyRound() {
        if (exempt || !hasWaited || !tick.isEmpty()) {
            return false;
        }
        if (start != 0) {
            if (System.nanoTime() - start >= MAX_EMPTY_NANOS) {
                return false;
            }
            if (fast) {
                skip = EMPTY_PER_TICK * irregular(start);
            }
        } else if (untimed == 0 || untimed == seenFrom) {
            return false;
        }
        emptyRounds++;
        start = 0;
        untimed = 0;
        return true;
    }

    /** How many ticks follow untimed: irregular, so that no pattern of the loop meets it. */
    private static int irregular(long nanos) {
        return 4 + (int) (nanos & 7);
    }

    /** A timed tick begins at {@code now}. */
    void beginTimed(long now) {
        untimed = 0;
        start = now;
    }

    /** {@link System#nanoTime()} for the end of the running tick; 0 if its length will not be known. */
    long endsAt() {
        if (start != 0) {
            return System.nanoTime();
        }
        long since = start();
        if (since == 0) {
            return 0L;
        }
        long now = System.nanoTime();
        return now - since >= MIN_SEEN_NANOS ? now : 0L;
    }

    /** Whether a running tick that ends at {@code end} is one to report. */
    boolean isSlow(long end) {
        return end != 0 && end - start() >= slowNanos && !exempt;
    }

    /** The running tick, which ends at {@code end}, was reported. */
    void reported(long end) {
        slowEnd = end;
    }

    /**
     * The running tick ends.
     *
     * @param end what {@link #endsAt} returned
     */
    void end(long end) {
        if (start != 0) {
            int times = 1;
            if (fast) {
                times += skipped;
                skip = irregular(end);
            }
            skipped = 0;
            add(end - start, times);
        } else if (end != 0) {
            add(end - start(), 1);
        } else if (!exempt) {
            ticks++;
            skipped++;
        }
        long slow = end == slowEnd ? end : 0L;
        long began = slow == 0 ? 0L : start();
        start = 0; // after the sums: the watch must not see the end before
        untimed = 0;
        exempt = false;
        taken = null;
        tick.end(began, slow);
    }

    private void add(long nanos, int times) {
        if (!exempt) {
            ticks++;
            busy += times * nanos;
            durations.add(nanos, times);
        }
    }
}
