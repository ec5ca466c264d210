package io.stallsight.hook;

import java.lang.ref.WeakReference;

/**
 * The ticks of one loop: its busy periods between two idle points. Written by the loop's thread without synchronisation
 * and without allocation, read by the agent's threads, which may see a value a little late.
 */
public final class StallsightTicks {

    private static final int STARTED = 16;

    private static final WeakReference<Object> NONE = new WeakReference<>(null);

    /** {@link System#nanoTime()} at which the running tick began; 0 while the loop waits for work. */
    public long start;

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

    public final StallsightCounts durations = new StallsightCounts();

    /** The running tick hands a task to an executor, or registers a channel with it. */
    void started(Object what, Object executor) {
        if (start != 0) {
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

    void begin(long now) {
        start = now;
    }

    /** Ends the running tick; {@code state} is that of the loop's thread. */
    void end(long now, StallsightThread state) {
        long began = start;
        if (began == 0) {
            return;
        }
        long nanos = now - began;
        if (nanos >= slowNanos && !exempt) {
            state.slowTick(this, began, now);
            slowEnd = now;
        }
        start = 0;
        if (!exempt) {
            ticks++;
            busy += nanos;
            durations.add(nanos);
        }
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
