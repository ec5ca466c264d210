package io.stallsight.hook;

import java.lang.ref.WeakReference;

/**
 * The ticks of one loop: its busy periods between two idle points. Written by the loop's thread without synchronisation
 * and without allocation, read by the agent's threads, which may see a value a little late.
 *
 * <p>Two clock reads a tick are too much for a loop that ticks a hundred thousand times a second. While {@link #fast}
 * is set, about one tick in eight is timed, and counts for those before it. A tick that is not timed is known all the
 * same if it is long: the watch, which looks every few milliseconds, notes that it runs ({@link #seen}).
 */
public final class StallsightLoop {

    private static final int STARTED = 16;

    private static final WeakReference<Object> NONE = new WeakReference<>(null);

    /**
     * A tick that is not timed is measured from where the watch saw it; shorter ones than this are left to the timed.
     */
    private static final long CERTAIN = 5_000_000L;

    /** So many ticks a second are fast, for which two clock reads each would cost a quarter of a percent of a core. */
    private static final long FAST = 50_000L;

    /** A number that the watch raises each time that it looks; not 0. */
    private static volatile int look = 1;

    /**
     * {@link System#nanoTime()} at which the running tick began; 0 while the loop waits for work, or if it is not
     * timed.
     */
    private long start;

    /** {@link #look} when the running tick began that is not timed, else 0. */
    private int untimed;

    /** {@link #look} when the tick began that the watch saw last. */
    private volatile int seenFrom;

    private long seenAt;

    /** Ticks come so fast that not all are timed. Set by the watch. */
    private boolean fast;

    /** {@link #ticks} when the watch asked last how fast they come. */
    private long paced;

    /** So many ticks are not timed before the next one is. */
    private int skip;

    /** So many were not since the last one. */
    private int skipped;

    /** Finished ticks. */
    public long ticks;

    /** Nanoseconds in finished ticks. */
    public long busy;

    /** Tasks and I/O events that the loop has begun, as far as hooks tell. */
    public long tasks;

    /** Nanoseconds that blocking calls took in the running tick; those for locks are not among them. */
    public long blocked;

    /** Nanoseconds that waiting for locks took in the running tick. */
    public long locked;

    /** {@link #blocked} of all ticks before the running one. */
    public long blockedBefore;

    /** {@link #locked} of all ticks before the running one. */
    public long lockedBefore;

    /** What the engine remembers of the longest blocking call in the running tick. */
    public Object longestCall;

    public long longestCallNanos;

    /** A tick of this length is shown to the engine when it ends. */
    public long slowNanos = Long.MAX_VALUE;

    /** {@link System#nanoTime()} at which the last tick of at least {@link #slowNanos} ended, 0 if there was none. */
    public long slowEnd;

    /** The running tick is no loop's: the thread was lent to work that may block. Set by the engine's threads. */
    public boolean exempt;

    /** The kernel's number of the loop's thread, 0 if it is not known. Set by the engine. */
    public long nativeId;

    /** The selector that the loop waits in, if it is one of the JDK. */
    public WeakReference<Object> selector = NONE;

    /** The queue that the loop takes its tasks from, once it has taken one. */
    public StallsightQueue queue;

    /** Executors on which the running tick started something, the last {@value #STARTED} of them. */
    public final Object[] startedOn = new Object[STARTED];

    /** What it started there: tasks and channels. */
    public final Object[] started = new Object[STARTED];

    private int startedCount;

    public final StallsightHistogram durations = new StallsightHistogram();

    /** The running tick hands a task to an executor, or registers a channel with it. */
    void started(Object what, Object executor) {
        if (inTick()) {
            int i = startedCount++ & STARTED - 1;
            started[i] = what;
            startedOn[i] = executor;
        }
    }

    private void forgetStarted() {
        for (int i = Math.min(startedCount, STARTED) - 1; i >= 0; i--) {
            started[i] = null;
            startedOn[i] = null;
        }
        startedCount = 0;
    }

    /** The watch looks again. */
    public static void nextLook() {
        int next = look + 1;
        look = next == 0 ? 1 : next;
    }

    /**
     * The watch, after {@link #nextLook}, sees the loop at {@code now}: a tick that is not timed and began before runs.
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
     * The watch asks how fast the ticks come, now and then.
     *
     * @param nanos since the last time
     */
    public void pace(long nanos) {
        long now = ticks;
        fast = (now - paced) * 1_000_000_000L >= FAST * nanos;
        paced = now;
    }

    /** Whether the loop works at the moment, timed or not. */
    public boolean inTick() {
        return start != 0 || untimed != 0;
    }

    /**
     * {@link System#nanoTime()} at which the running tick began, or was first seen if it is not timed; 0 while the loop
     * waits for work, or if that is not known.
     */
    public long start() {
        long timed = start;
        if (timed != 0) {
            return timed;
        }
        int from = untimed;
        return from != 0 && from == seenFrom ? seenAt : 0L;
    }

    /** For tests, which have no clock to wait for. */
    public void begin(long now) {
        untimed = 0;
        start = now;
    }

    /** A tick begins. */
    void begin() {
        if (fast && skip > 0) {
            skip--;
            untimed = look;
        } else {
            start = System.nanoTime();
        }
    }

    /** The running tick ends; {@code state} is that of the loop's thread. */
    void end(StallsightThread state) {
        if (start != 0) {
            end(System.nanoTime(), state);
        } else if (untimed != 0) {
            endUntimed(state);
        }
    }

    /** One tick ends and another begins, at the price of one clock read at the most. */
    void next(StallsightThread state) {
        if (start != 0) {
            long now = System.nanoTime();
            end(now, state);
            if (fast && skip > 0) {
                begin();
            } else {
                start = now;
            }
        } else if (untimed != 0) {
            endUntimed(state);
            begin();
        }
    }

    /**
     * The running tick is over but for the last {@code nanos}, in which the loop waited for work; another begins. By
     * the loop's thread.
     */
    public void waited(long nanos, StallsightThread state) {
        long now = System.nanoTime();
        if (start != 0) {
            end(now - nanos, state);
            start = now;
        } else if (untimed != 0) {
            untimed = 0; // when it began is not known, so there is nothing to tell of its length
            ticks++;
            skipped++;
            afterTick();
            start = now;
        }
    }

    private void endUntimed(StallsightThread state) {
        long began = start();
        long now = began == 0 ? 0 : System.nanoTime();
        if (began != 0 && now - began >= CERTAIN) {
            add(began, now, 1, state);
        } else if (!exempt) {
            ticks++;
            skipped++;
        }
        untimed = 0; // after its end was told: the watch must not see the end before
        afterTick();
    }

    /** Ends the running tick, which is timed. */
    void end(long now, StallsightThread state) {
        long began = start;
        if (began == 0) {
            return;
        }
        int times = 1;
        if (fast) {
            times += skipped;
            skip = 4 + (int) (now & 7); // irregular, so that no pattern of the loop meets it
        }
        skipped = 0;
        add(began, now, times, state);
        start = 0; // after its end was told: the watch must not see the end before
        afterTick();
    }

    private void add(long began, long now, int times, StallsightThread state) {
        long nanos = now - began;
        if (nanos >= slowNanos && !exempt) {
            state.slowTick(this, began, now);
            slowEnd = now;
        }
        if (!exempt) {
            ticks++;
            busy += times * nanos;
            durations.add(nanos, times);
        }
    }

    private void afterTick() {
        exempt = false;
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
    }
}
