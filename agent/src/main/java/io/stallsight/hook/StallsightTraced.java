package io.stallsight.hook;

/**
 * How long the trace that is current on a thread has been current.
 *
 * <p><b>Problem.</b> A stall and a wait for a monitor are reported after their end, when the tracer's scope may be
 * closed and another one open. What is current then may belong to another request. But a clock reading for each scope
 * would cost more than the scope.
 *
 * <p><b>Algorithm.</b> The thread counts the changes of its current trace: a scope is opened or closed. The watching
 * thread looks at loops every few milliseconds; it notes the number of the last change, and afterwards the time. If the
 * number is the same at the next change, what is current until then was current at that time already.
 *
 * <p><b>Invariants.</b> A time is never too long, as the number is read before the clock. The thread alone counts, and
 * the watching thread alone notes.
 *
 * <p><b>Given up.</b> What was current for less than one look. What is current before the first change: another thread
 * or a tracer without woven points may have set it.
 */
public final class StallsightTraced {

    private static final int NEVER = -1;

    /** Plain: the watching thread sees it a little late. */
    private int changes;

    private volatile int seenChanges = NEVER;

    /** {@link System#nanoTime()} */
    private long seenAt;

    StallsightTraced() {}

    /** Another trace may be current from here on. */
    void change() {
        changes++;
    }

    /** The number of the last change, for {@link #isSince}. Called by any thread. */
    public int changes() {
        return changes;
    }

    /** Whether the same trace has been current since {@link #changes} returned that number. By the thread itself. */
    public boolean isSince(int number) {
        return number == changes && number != 0;
    }

    /** The watching thread looks at the thread, which runs a tick. */
    public void look() {
        int now = changes;
        if (now != 0 && now != seenChanges) {
            seenAt = System.nanoTime();
            seenChanges = now;
        }
    }

    /** Whether the watching thread has looked since the last change. By the thread itself. */
    boolean isSeen() {
        return seenChanges == changes;
    }

    /**
     * For how many nanoseconds of the running tick the current trace has been current, up to {@code now}, as far as
     * that is proven. By the thread itself.
     */
    public long nanosIn(StallsightLoop loop, long now) {
        long start = loop.start();
        if (start == 0 || !isSeen()) {
            return 0L;
        }
        long since = seenAt;
        return Math.max(0L, now - (since - start > 0 ? since : start));
    }
}
