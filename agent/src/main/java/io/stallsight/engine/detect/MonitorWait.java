package io.stallsight.engine.detect;

import io.stallsight.hook.StallsightThread;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A wait of a thread for a contended monitor, as the watching thread saw it. The watching thread makes it while the
 * wait lasts and leaves it in a slot of the waiting thread. The waiting thread takes it out at its next hook and
 * reports it, so that the event is on its thread. If it comes to no hook for a while, the watching thread takes it
 * instead.
 *
 * <p><b>Problem.</b> When the wait ended is known no better than from the watching thread's looks and the waiting
 * thread's hooks, and in between the thread may have computed for milliseconds, or waited for a CPU.
 *
 * <p><b>Algorithm.</b> A thread that waits for a monitor uses no CPU and is not ready for one. So the time in which it
 * did, between the look that saw it wait and the one that saw the end, is taken off.
 *
 * <p><b>Given up.</b> The beginning of the wait, up to that first look.
 */
public final class MonitorWait {

    /** The thread that has the monitor when the wait is first seen. */
    public enum Owner {
        /** A thread that must not block either: what it does with the monitor is observed on that thread. */
        LOOP,
        OTHER_OR_UNKNOWN
    }

    private final Thread thread;
    private final StackTraceElement[] stack;
    private final String monitor;
    private final Owner owner;
    private final long start;
    private final long context;
    private final int traceChanges;
    private final LongSupplier used;
    private final long usedBefore;

    /**
     * The watching thread saw that the wait was over.
     *
     * @param at {@link System#nanoTime()}
     * @param used by the thread up to then
     */
    private record End(long at, long used) {}

    /** Null before it is known. */
    private volatile @Nullable End end;

    /**
     * @param monitor class of the monitor's object and its owner, for the detail
     * @param owner the kind of thread that has the monitor
     * @param start {@link System#nanoTime()}
     * @param used nanoseconds in which the thread was on a CPU, or ready for one, so far; -1 if not known
     * @param context the test or request that the thread works for
     * @param traceChanges {@link io.stallsight.hook.StallsightTraced#changes} of the thread, before it was seen to wait
     */
    public MonitorWait(
            Thread thread,
            StackTraceElement[] stack,
            String monitor,
            Owner owner,
            long start,
            LongSupplier used,
            long context,
            int traceChanges) {
        this.thread = thread;
        this.stack = stack;
        this.monitor = monitor;
        this.owner = owner;
        this.start = start;
        this.used = used;
        this.usedBefore = used.getAsLong();
        this.context = context;
        this.traceChanges = traceChanges;
    }

    /** The watching thread sees that the wait is over. */
    public void ended(long now) {
        end = new End(now, used.getAsLong());
    }

    /** The duration of a wait that is over: it ended before the watching thread saw it, else before this moment. */
    long nanos(long now) {
        End seen = end;
        End last = seen == null ? new End(now, used.getAsLong()) : seen;
        long running = usedBefore < 0 ? 0 : Math.max(0, last.used - usedBefore);
        return Math.max(0, last.at - start - running);
    }

    /** The thread that waits or waited. */
    public Thread thread() {
        return thread;
    }

    long start() {
        return start;
    }

    StackTraceElement[] stack() {
        return stack;
    }

    String monitor() {
        return monitor;
    }

    Owner owner() {
        return owner;
    }

    long context() {
        return context;
    }

    /** Whether the trace that is current on the thread was current during the wait. By the thread itself. */
    boolean hasTraceOf(StallsightThread state) {
        return state.traced().isSince(traceChanges);
    }
}
